using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Experiments.RunFiles;
using DigitML.MLNet;
using DigitML.Model;

namespace DigitML.Experiments.Models;

/// <summary>A model of any trainer, opened for scoring: an ONNX file, or the model.zip of one of ML.NET's trainers.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Scorer">Scores images.</param>
/// <param name="Networks">The networks; null for a model of one of ML.NET's trainers.</param>
public sealed record OpenedModel(string Path, IDigitScorer Scorer, DigitModel? Networks) : IDisposable
{
    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="device">What runs networks; it stays the caller's. Null for the processor.</param>
    /// <param name="testTimeShift">Test-time shifts in place of the model's own; null to keep those.</param>
    /// <exception cref="DigitMLException">The file cannot be read, or shifts do not suit the model.</exception>
    public static OpenedModel Open(string path, IDevice? device = null, int? testTimeShift = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string file = RunFolder.ModelIn(path);
        if (IsZip(file))
        {
            if (testTimeShift > 0) throw new DigitMLException($"{file}: a model of one of ML.NET's trainers has no test-time shifts; leave --test-time-shifts out.");
            return new OpenedModel(file, PipelineScorer.Load(file), Networks: null);
        }

        DigitModel model = DigitModel.Load(file);
        model = model.WithTestTimeShift(testTimeShift ?? model.TestTimeShift);
        return new OpenedModel(file, device is null ? new DigitClassifier(model) : new DigitClassifier(model, device), model);
    }

    /// <summary>Opens what scores alone, which is quicker than the networks as they were trained.</summary>
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <exception cref="DigitMLException">The file cannot be read.</exception>
    public static IDigitScorer OpenScorer(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string file = RunFolder.ModelIn(path);
        return IsZip(file) ? PipelineScorer.Load(file) : DigitClassifier.Load(file);
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Scorer.Dispose();

    private static bool IsZip(string file)
    {
        Span<byte> start = stackalloc byte[2];
        try
        {
            using FileStream stream = File.OpenRead(file);
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reader of models says what is wrong.
            return false;
        }
    }
}
