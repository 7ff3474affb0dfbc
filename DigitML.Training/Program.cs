Console.WriteLine("digitml");
