using DigitML.Model;
using DigitML.Model.Images;

foreach (string file in args) Console.WriteLine($"{file}: {DigitClassifier.Default.Predict(DigitImage.Load(file)).Label}");
