using DigitML.Engine;
using DigitML.Engine.Randomness;
using DigitML.Model;
using DigitML.Model.Contents;
using static DigitML.Tests.Model.OnnxTestGraph;

namespace DigitML.Tests.Model;

/// <summary>A damaged file is loaded or refused; nothing else happens.</summary>
public class OnnxFuzzTests
{
    [Fact]
    public void A_damaged_model_of_ours_is_loaded_or_refused() => Fuzz(TestModels.Bytes(TestModels.Model(TestModels.Compact, metadata: new ModelMetadata { Seed = 1 })), 1500);

    [Fact]
    public void A_damaged_model_of_others_is_loaded_or_refused()
    {
        var graph = new OnnxTestGraph([0, 1, 6, 6]).Add("Sub", [1f]).Add("Conv", [Numbers(2, 1, 3, 3)], [("pads", new[] { 1, 1, 1, 1 })]).Add("Add", [Numbers(2, 1, 1)])
            .Add("Relu").Add("MaxPool", null, [("kernel_shape", new[] { 2, 2 })]).Add("BatchNormalization", [Numbers(2), Numbers(2), Numbers(2), (new[] { 2 }, new[] { 1f, 1 })])
            .Add("Reshape", [new long[] { 0, -1 }]).Add("Gemm", [Numbers(50, 3)]).Add("Softmax");
        Fuzz(Google.Protobuf.MessageExtensions.ToByteArray(graph.End()), 4000);
    }

    // Changes, inserts, repeats and removes a few bytes at random places.
    internal static byte[] Damage(byte[] file, ref SeededRandom random)
    {
        List<byte> bytes = [.. file];
        int changes = 1 + Next(ref random, 4);
        for (int change = 0; change < changes && bytes.Count > 0; change++)
        {
            int at = Next(ref random, bytes.Count);
            switch (Next(ref random, 6))
            {
                case 0: bytes[at] = (byte)Next(ref random, 256); break;
                case 1: bytes[at] ^= (byte)(1 << Next(ref random, 8)); break;
                case 2: bytes.Insert(at, (byte)Next(ref random, 256)); break;
                case 3: bytes.RemoveRange(at, Math.Min(1 + Next(ref random, 8), bytes.Count - at)); break;
                case 4: bytes[at] = 0xFF; break;
                default: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(1 + Next(ref random, 60), bytes.Count - at))); break;
            }
        }

        return [.. bytes];
    }

    private static int Next(ref SeededRandom random, int below) => (int)random.NextDouble(0, below);

    internal static void Fuzz(byte[] whole, int count)
    {
        var random = new SeededRandom(20, RandomPurpose.SyntheticData);
        int loaded = 0, refused = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = Damage(whole, ref random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                DigitModel.Load(new MemoryStream(damaged), "model.onnx");
                loaded++;
            }
            catch (DigitMLException refusal)
            {
                Assert.StartsWith("model.onnx", refusal.Message);
                Assert.DoesNotContain("\n", refusal.Message);
                refused++;
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000, $"damage {i} took much memory");
        }

        Assert.True(loaded > count / 20 && refused > count / 20, $"{loaded} loaded and {refused} refused: the damage is too small or too large to show anything");
    }
}
