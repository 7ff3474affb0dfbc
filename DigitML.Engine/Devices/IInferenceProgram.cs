using DigitML.Engine.Networks;

namespace DigitML.Engine.Devices;

/// <summary>A network compiled for prediction. Predictions are safe from many threads at once and do not allocate after the first of each thread.</summary>
public interface IInferenceProgram : IDisposable
{
    /// <summary>Loads new weights of the same network. Not to be called while predictions run.</summary>
    void Load(NetworkWeights weights);

    /// <summary>Scores a number of samples.</summary>
    /// <param name="images">count x C x H x W normalised values.</param>
    /// <param name="count">Samples, 0 or more.</param>
    /// <param name="scores">count x K values: softmax of the network's logits.</param>
    void Predict(ReadOnlySpan<float> images, int count, Span<float> scores);
}
