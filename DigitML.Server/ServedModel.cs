using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using Microsoft.AspNetCore.Http;

namespace DigitML.Server;

/// <summary>The model behind the endpoints. A failure of the model is a server error (500), not an error of the request.</summary>
internal sealed class ServedModel(IDigitScorer scorer, DigitServerOptions options)
{
    internal string Name => options.ModelName ?? (scorer as DigitClassifier)?.Model.Name ?? "Digit model";

    internal LabelMap Labels => scorer.Labels;

    internal int Height => scorer.Height;

    internal int Width => scorer.Width;

    /// <summary>Predicts one image of bytes.</summary>
    internal DigitPrediction Predict(byte[] pixels) => Guarded(() => scorer.Predict(pixels));

    /// <summary>Predicts one image of numbers from 0 to 255. Fractions need a <see cref="DigitClassifier"/>: other scorers take bytes, and rounding would silently change the scores.</summary>
    /// <exception cref="RequestRefusedException">The model accepts only whole numbers (400).</exception>
    internal DigitPrediction Predict(float[] pixels)
    {
        int fraction = Array.FindIndex(pixels, pixel => pixel != MathF.Truncate(pixel));
        if (fraction < 0) return Predict(Array.ConvertAll(pixels, pixel => (byte)pixel));
        if (scorer is DigitClassifier classifier) return Guarded(() => classifier.Predict(pixels));
        throw new RequestRefusedException(StatusCodes.Status400BadRequest, $"pixels[{fraction}] is {pixels[fraction]}; this model accepts only whole numbers from 0 to 255: round them.");
    }

    /// <summary>Predicts the labels of a batch of images.</summary>
    /// <param name="pixels">count x height x width bytes.</param>
    /// <param name="labels">Receives count labels.</param>
    /// <param name="scores">Buffer for the scores of count images.</param>
    internal void Predict(ReadOnlySpan<byte> pixels, Span<string> labels, Span<float> scores)
    {
        try
        {
            scorer.PredictBatch(pixels, labels.Length, scores);
            for (int row = 0; row < labels.Length; row++) labels[row] = scorer.Top(scores.Slice(row * Labels.Count, Labels.Count)).Label;
        }
        catch (DigitMLException failure)
        {
            throw Refusal(failure);
        }
    }

    private static DigitPrediction Guarded(Func<DigitPrediction> predict)
    {
        try
        {
            return predict();
        }
        catch (DigitMLException failure)
        {
            throw Refusal(failure);
        }
    }

    private static RequestRefusedException Refusal(DigitMLException failure) => new(StatusCodes.Status500InternalServerError, failure.Message);
}
