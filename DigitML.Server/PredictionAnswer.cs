using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Server;

/// <summary>The prediction for an image.</summary>
/// <param name="Label">The label with the highest score.</param>
/// <param name="Score">Its score, 0 to 1.</param>
/// <param name="Scores">Every label with its score, highest first.</param>
/// <param name="Milliseconds">How long the prediction took.</param>
/// <param name="Seen">The picture as the model saw it, one byte per pixel, row by row; null if pixels were sent.</param>
internal sealed record PredictionAnswer(string Label, float Score, PredictionAnswer.LabelScore[] Scores, double Milliseconds, byte[]? Seen)
{
    internal static PredictionAnswer Of(DigitPrediction prediction, LabelMap labels, TimeSpan elapsed, byte[]? seen)
    {
        LabelScore[] scores = [.. prediction.Scores.Select((score, key) => new LabelScore(labels[key], score)).OrderByDescending(labelled => labelled.Score)];
        return new(prediction.Label, prediction.Score, scores, Math.Round(elapsed.TotalMilliseconds, 3), seen);
    }

    /// <summary>A label and its score, 0 to 1.</summary>
    internal sealed record LabelScore(string Label, float Score);
}
