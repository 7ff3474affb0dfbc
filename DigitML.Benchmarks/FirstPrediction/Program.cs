// The smallest possible app: it loads a model and predicts one image. Without an argument it predicts nothing, which shows how long .NET itself takes to start.
using DigitML.Model;

if (args is [string model])
{
    using var classifier = DigitClassifier.Load(model);
    Console.WriteLine(classifier.Predict(new byte[classifier.PixelCount]).Label);
}
else Console.WriteLine("ready");
