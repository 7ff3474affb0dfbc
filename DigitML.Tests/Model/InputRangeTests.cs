using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Model;
using Google.Protobuf;

namespace DigitML.Tests.Model;

/// <summary>Model files of other programs, which do not say which pixels their networks learned from.</summary>
public sealed class InputRangeTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-range-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void It_is_known_for_models_of_ours_and_for_graphs_that_scale_pixels()
    {
        Assert.True(DigitClassifier.Default.Model.IsInputRangeKnown);
        Assert.True(Graph().Add("Div", [255f]).Add("Flatten").Add("Gemm", [Weights]).Load().IsInputRangeKnown);
        Assert.False(Graph().Add("Flatten").Add("Gemm", [Weights]).Load().IsInputRangeKnown);
    }

    [Fact]
    public void What_is_said_gives_the_scores_of_a_graph_that_scales_pixels()
    {
        string file = Path.Combine(folder.FullName, "model.onnx"), scaling = Path.Combine(folder.FullName, "scaling.onnx");
        File.WriteAllBytes(file, Graph().Add("Flatten").Add("Gemm", [Weights]).End().ToByteArray());
        File.WriteAllBytes(scaling, Graph().Add("Div", [255f]).Add("Sub", [0.1307f]).Add("Div", [0.3081f]).Add("Flatten").Add("Gemm", [Weights]).End().ToByteArray());
        byte[] pixels = [0, 17, 128, 255];
        using var said = DigitClassifier.Load(file, new DigitClassifierOptions { Normalization = PixelNormalization.Of(0.1307, 0.3081) });
        using var written = DigitClassifier.Load(scaling);
        using var silent = DigitClassifier.Load(file);

        float[] scores = [.. said.Predict(pixels).Scores], right = [.. written.Predict(pixels).Scores], unscaled = [.. silent.Predict(pixels).Scores];

        Assert.All(scores.Zip(right), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
        Assert.NotEqual(right[0], unscaled[0], 1e-2f);
    }

    [Fact]
    public void It_cannot_be_said_for_a_model_that_says_it_itself() => Assert.StartsWith(
        "The model \"compact\" itself says how pixels are scaled;", Assert.Throws<DigitMLException>(() => DigitClassifier.Default.Model.WithNormalization(PixelNormalization.Unit)).Message, StringComparison.Ordinal);

    [Fact]
    public void Normalisations_follow_each_other()
    {
        Assert.Equal(new PixelNormalization(6, 11), new PixelNormalization(2, 3).Then(new PixelNormalization(3, 2)));
        Assert.Equal((-1f, 1f), (PixelNormalization.Symmetric.Apply(0), PixelNormalization.Symmetric.Apply(255)));
        Assert.Equal((1 - 0.5f) / 0.25f, PixelNormalization.Of(0.5, 0.25).Apply(255), 1e-5f);
        Assert.Throws<DigitMLException>(() => PixelNormalization.Of(0.5, 0));
    }

    private static OnnxTestGraph Graph() => new([0, 1, 2, 2]);

    private static (int[], float[]) Weights => ([4, 3], [0.1f, -0.2f, 0.3f, 0.4f, 0.5f, -0.6f, 0.7f, -0.8f, 0.9f, -1f, 0.2f, 0.05f]);
}
