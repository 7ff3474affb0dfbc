using DigitML.Engine.Networks;

namespace DigitML.Engine.Devices;

/// <summary>A network compiled for prediction. Many threads can predict at once; predictions do not allocate after each thread's first.</summary>
public interface IInferenceProgram : IDisposable
{
    /// <summary>Loads new weights of the same network. Must not be called while predictions run.</summary>
    void Load(NetworkWeights weights);

    /// <summary>Computes the scores of a number of samples.</summary>
    /// <param name="images">count x C x H x W normalised values.</param>
    /// <param name="count">Number of samples, 0 or more.</param>
    /// <param name="scores">count x K values: softmax of the network's logits.</param>
    void Predict(ReadOnlySpan<float> images, int count, Span<float> scores);
}
