using System.Diagnostics;
using System.Globalization;
using DigitML.Model;
using DigitML.Model.Images;

// Predicts the given pictures, or a blank one, and prints how long after the start of the process the answers were ready.
DigitImage[] pictures = args.Length > 0 ? [.. args.Select(DigitImage.Load)] : [];
string[] labels = pictures.Length > 0
    ? [.. pictures.Select(picture => DigitClassifier.Default.Predict(picture).Label)]
    : [DigitClassifier.Default.Predict(new byte[DigitClassifier.Default.PixelCount]).Label];
double milliseconds = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
Console.WriteLine(string.Join('\n', labels));
Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"));
