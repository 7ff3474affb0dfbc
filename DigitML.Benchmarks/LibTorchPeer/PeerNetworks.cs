using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorchPeer;

/// <summary>The networks of DigitML's recipes, built from TorchSharp's layers.</summary>
internal static class PeerNetworks
{
    /// <summary>A recipe's network for images of 28x28 in 10 classes.</summary>
    internal static Sequential Create(string recipe) => recipe switch
    {
        "keras-cnn" => KerasCnn(),
        "compact-9768" => Compact(),
        _ => throw new ArgumentException($"There is no network for recipe {recipe}.", nameof(recipe)),
    };

    /// <summary>Copies a file of float32 values into the parameters and running statistics, in the order of the layers.</summary>
    internal static void Load(Sequential network, string path)
    {
        float[] values = [.. File.ReadAllBytes(path).Chunk(sizeof(float)).Select(bytes => BitConverter.ToSingle(bytes))];
        int used = 0;
        using IDisposable noGradients = no_grad();

        // Layer by layer: the state of the whole network has all parameters first and then all running statistics.
        foreach (Tensor target in network.children().SelectMany(layer => layer.state_dict().Values).Where(value => value.is_floating_point()))
        {
            int count = (int)target.numel();
            using Tensor part = tensor(values[used..(used + count)], target.shape);
            target.copy_(part);
            used += count;
        }
    }

    private static Sequential KerasCnn() => Sequential(
    [
        .. Block(1, 32, 5), .. Block(32, 64, 3), Flatten(), Linear(3136, 256), ReLU(), Dropout(0.5), Linear(256, 10),
    ]);

    private static Sequential Compact() => Sequential(
    [
        .. NormalizedBlock(1, 8), .. NormalizedBlock(8, 16), .. NormalizedBlock(16, 16), MaxPool2d(2),
        .. NormalizedBlock(16, 8, size: 1), .. NormalizedBlock(8, 16), .. NormalizedBlock(16, 16), .. NormalizedBlock(16, 16),
        Conv2d(16, 10, 1, bias: false), AvgPool2d(5), Flatten(),
    ]);

    private static Module<Tensor, Tensor>[] Block(int inputs, int outputs, int size) =>
    [
        Conv2d(inputs, outputs, size, padding: size / 2), ReLU(), Conv2d(outputs, outputs, size, padding: size / 2), ReLU(), MaxPool2d(2), Dropout(0.25),
    ];

    private static Module<Tensor, Tensor>[] NormalizedBlock(int inputs, int outputs, int size = 3) => [Conv2d(inputs, outputs, size, bias: false), ReLU(), BatchNorm2d(outputs)];
}
