using System.Diagnostics;
using System.Globalization;
using DigitML.Model;
using DigitML.Model.Images;

// Reads the pictures that are named, or a blank one, and tells how long after the start of the process the first answer was there.
DigitImage[] pictures = args.Length > 0 ? [.. args.Select(DigitImage.Load)] : [];
string[] labels = pictures.Length > 0
    ? [.. pictures.Select(picture => DigitClassifier.Default.Predict(picture).Label)]
    : [DigitClassifier.Default.Predict(new byte[DigitClassifier.Default.PixelCount]).Label];
double milliseconds = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
Console.WriteLine(string.Join('\n', labels));
Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"));
