using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorchPeer;

/// <summary>
/// The same work as <c>digitml bench train</c> or <c>predict</c>: random images, Adam, the step alone. Before anything is timed, the network gets the given weights and
/// scores the given images.
/// </summary>
/// <param name="isTraining">True to measure training steps, false to measure prediction.</param>
/// <param name="recipe">The recipe whose network is used.</param>
/// <param name="weights">A file of the network's float32 values.</param>
/// <param name="images">A file of 28x28 images, one byte per pixel.</param>
/// <param name="batchSize">Images per batch.</param>
/// <param name="seconds">How long to measure.</param>
internal sealed class Measurement(bool isTraining, string recipe, string weights, string images, int batchSize, int seconds)
{
    private const int Rows = 4096, Side = 28, Classes = 10, WarmUpSteps = 3;
    private const float MaxPixel = 255;

    /// <summary>Measures the speed in one memory layout.</summary>
    internal Answer Run(memory_format layout)
    {
        random.manual_seed(1);
        using Sequential network = PeerNetworks.Create(recipe);
        PeerNetworks.Load(network, weights);
        SetLayout(network, layout);
        StandardError.Discard();
        float[] scores = LogScores(network, layout);
        return new Answer($"LibTorch {Version.Parse(torch.__version__).ToString(fieldCount: 3)}", layout.ToString(), Math.Round(SamplesPerSecond(network, layout), 1), scores);
    }

    // Filters only: every other parameter has the same layout either way.
    private static void SetLayout(Sequential network, memory_format layout)
    {
        using IDisposable noGradients = no_grad();
        foreach (Parameter filters in network.parameters().Where(parameter => parameter.dim() == 4)) filters.set_(InLayout(filters, layout));
    }

    // TorchSharp's contiguous() has no layout: the bytes of channels last are those of a contiguous tensor with the channels permuted to the end.
    private static Tensor InLayout(Tensor images, memory_format layout) =>
        layout == memory_format.channels_last ? images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : images.contiguous();

    private float[] LogScores(Sequential network, memory_format layout)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable inference = inference_mode();
        network.eval();
        Tensor pixels = tensor(File.ReadAllBytes(images)).view(-1, 1, Side, Side) / MaxPixel;
        return functional.log_softmax(network.forward(InLayout(pixels, layout)), dim: 1).data<float>().ToArray();
    }

    private double SamplesPerSecond(Sequential network, memory_format layout)
    {
        using Tensor inputs = InLayout(rand(Rows, 1, Side, Side), layout), labels = randint(0, Classes, Rows);
        network.train(isTraining);
        using Adam optimizer = optim.Adam(network.parameters());
        for (int step = 0; step < WarmUpSteps; step++) Step(step);
        int steps = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds) Step(steps++);
        return steps * batchSize / watch.Elapsed.TotalSeconds;

        void Step(int step)
        {
            using DisposeScope scope = NewDisposeScope();
            long first = (long)step * batchSize % (Rows - batchSize + 1);
            Tensor batch = inputs.slice(0, first, first + batchSize, 1);
            if (isTraining)
            {
                optimizer.zero_grad();
                functional.cross_entropy(network.forward(batch), labels.slice(0, first, first + batchSize, 1)).backward();
                optimizer.step();
                return;
            }

            using IDisposable inference = inference_mode();
            network.forward(batch);
        }
    }
}

/// <param name="Peer">Name and version of the library.</param>
/// <param name="Layout">The memory layout of images and filters.</param>
/// <param name="SamplesPerSecond">The speed.</param>
/// <param name="LogScores">Log-probabilities of the images, image by image.</param>
internal sealed record Answer(string Peer, string Layout, double SamplesPerSecond, float[] LogScores);
