using System.Globalization;
using System.Text.Json.Serialization;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Model;
using DigitML.Model.Images;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary>Predicts pictures and prints their labels and scores.</summary>
internal static class PicturePredictions
{
    /// <summary>Predicts pictures; one that cannot be read gets a row with the reason.</summary>
    /// <returns>The exit code: that of a failure if a picture could not be read.</returns>
    /// <exception cref="DigitMLException">The only picture cannot be read.</exception>
    internal static int Run(Terminal terminal, IDigitScorer model, string[] files, bool json)
    {
        (string File, DigitPrediction? Prediction, string? Problem)[] predicted = [.. files.Select(Predict)];
        int bad = predicted.Count(picture => picture.Problem is not null);
        if (json)
        {
            terminal.WriteJson(predicted.Select(picture => new PicturePrediction(
                picture.File, picture.Prediction?.Label, picture.Prediction?.Score, picture.Prediction is null ? null : ByLabel(model, picture.Prediction), picture.Problem)));
        }
        else
        {
            int width = files.Max(file => file.Length);
            foreach ((string file, DigitPrediction? prediction, string? problem) in predicted)
            {
                string result = prediction is null ? ErrorText.Of($"error: {problem}") : string.Create(CultureInfo.InvariantCulture, $"{prediction.Label}  {prediction.Score:F4}");
                terminal.Output.WriteLine($"{file.PadRight(width)}  {result}");
            }

            if (predicted is [(_, DigitPrediction only, _)]) WriteScores(terminal.Output, model, only);
        }

        if (bad == 0) return ExitCode.Done;
        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error: {bad:N0} of {files.Length:N0} pictures could not be read; the result says why."));
        return ExitCode.Failed;

        (string, DigitPrediction?, string?) Predict(string file)
        {
            terminal.Cancellation.ThrowIfCancellationRequested();
            try
            {
                return (file, model.Predict(DigitImage.Load(file)), null);
            }
            catch (DigitMLException e) when (files.Length > 1)
            {
                return (file, null, e.Message);
            }
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

    /// <summary>A picture has a label, or the error that says why it has none.</summary>
    private sealed record PicturePrediction(
        string Image,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Label,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] float? Score,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Dictionary<string, float>? Scores,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);
}
