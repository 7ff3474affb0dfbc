// The smallest app there is: it loads a model and reads one image. Without an argument it does nothing, which is what .NET itself takes to start.
using DigitML.Model;

if (args is [string model])
{
    using var classifier = DigitClassifier.Load(model);
    Console.WriteLine(classifier.Predict(new byte[classifier.PixelCount]).Label);
}
else Console.WriteLine("ready");
