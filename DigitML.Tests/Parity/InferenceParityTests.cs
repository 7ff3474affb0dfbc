using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Reference;

namespace DigitML.Tests.Parity;

/// <summary>Scores of whole networks against the reference, for numbers of images below, at and above every batch that a device may cut them
/// into.</summary>
public class InferenceParityTests
{
    public static TheoryData<string> Names => [.. ParityCases.Networks.Keys];

    [VectorWidthTheory(512)]
    [MemberData(nameof(Names))]
    public void Scores_at_512_bits_agree_with_the_reference(string name) => Check(name, 512);

    [VectorWidthTheory(256)]
    [MemberData(nameof(Names))]
    public void Scores_at_256_bits_agree_with_the_reference(string name) => Check(name, 256);

    [VectorWidthTheory(128)]
    [MemberData(nameof(Names))]
    public void Scores_at_128_bits_agree_with_the_reference(string name) => Check(name, 128);

    private static void Check(string name, int vectorBits)
    {
        const int Most = 130;
        ParityCase parity = ParityCases.Networks[name];
        float[] images = parity.MakeImages(Most), expected = DeviceRun.Predict(new ReferenceDevice(), parity, Most);
        int classes = parity.Network.ClassCount;
        using var device = new CpuDevice(threads: 2, vectorBits);
        using IInferenceProgram program = device.CompileInference(parity.Weights);
        var all = new float[Most * classes];
        program.Predict(images, Most, all);
        foreach (int count in (int[])[Most, 0, 1, 2, 3, 7, 16, 33, 64, 100])
        {
            float[] scores = [.. Enumerable.Repeat(-1f, (count + 1) * classes)];
            program.Predict(images.AsSpan(0, count * parity.Input.Size), count, scores.AsSpan(0, count * classes));
            Closeness.Check($"{count} images: scores", expected.AsSpan(0, count * classes), scores.AsSpan(0, count * classes), 6e-6);
            Assert.All(scores[(count * classes)..], score => Assert.Equal(-1f, score));
            Assert.Equal(all[..(count * classes)], scores[..(count * classes)]); // an image's scores do not depend on its company
        }

        var other = new NetworkWeights(parity.Network);
        other.Initialize(WeightInitializer.GlorotUniform, seed: 99);
        program.Load(other);
        program.Predict(images, Most, all);
        var otherExpected = new float[Most * classes];
        using IInferenceProgram reference = new ReferenceDevice().CompileInference(other);
        reference.Predict(images, Most, otherExpected);
        Closeness.Check("scores of other weights", otherExpected, all, 6e-6);
    }
}
