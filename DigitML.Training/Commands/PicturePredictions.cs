using System.Globalization;
using DigitML.Engine.Devices;
using DigitML.Model;
using DigitML.Model.Images;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary>Predicts pictures and prints their labels and scores.</summary>
internal static class PicturePredictions
{
    internal static void Run(Terminal terminal, IDigitScorer model, string[] files, bool json)
    {
        (string File, DigitPrediction Prediction)[] predicted = [.. files.Select(file => (file, Predict(file)))];
        if (json)
        {
            terminal.WriteJson(predicted.Select(picture => new PicturePrediction(picture.File, picture.Prediction.Label, picture.Prediction.Score, ByLabel(model, picture.Prediction))));
            return;
        }

        int width = files.Max(file => file.Length);
        foreach ((string file, DigitPrediction prediction) in predicted)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file.PadRight(width)}  {prediction.Label}  {prediction.Score:F4}"));
        }

        if (predicted is [(_, DigitPrediction only)]) WriteScores(terminal.Output, model, only);

        DigitPrediction Predict(string file)
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            return model.Predict(DigitImage.Load(file));
        }
    }

    private static Dictionary<string, float> ByLabel(IDigitScorer model, DigitPrediction prediction) =>
        model.Labels.Labels.Zip(prediction.Scores).ToDictionary(pair => pair.First, pair => pair.Second);

    /// <summary>All classes, highest score first, as Model Builder's console app prints them.</summary>
    private static void WriteScores(TextWriter output, IDigitScorer model, DigitPrediction prediction)
    {
        output.WriteLine();
        output.WriteLine($"{"Class",-40}{"Score",-20}");
        output.WriteLine($"{"-----",-40}{"-----",-20}");
        foreach ((string label, float score) in ByLabel(model, prediction).OrderByDescending(pair => pair.Value))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{label,-40}{score,-20}"));
        }
    }

    private sealed record PicturePrediction(string Image, string Label, float Score, Dictionary<string, float> Scores);
}
