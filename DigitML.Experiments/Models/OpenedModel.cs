using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Experiments.RunFiles;
using DigitML.MLNet;
using DigitML.Model;
using DigitML.Model.Onnx;

namespace DigitML.Experiments.Models;

/// <summary>A model of any trainer, opened for scoring: an ONNX file, or the model.zip from one of ML.NET's trainers.</summary>
/// <param name="Path">The model file.</param>
/// <param name="Scorer">Scores images.</param>
/// <param name="Networks">The networks; null for a model from one of ML.NET's trainers.</param>
public sealed record OpenedModel(string Path, IDigitScorer Scorer, DigitModel? Networks) : IDisposable
{
    /// <summary>Opens a model.</summary>
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="device">The device that runs networks; the caller keeps ownership. Null for the CPU.</param>
    /// <param name="testTimeShift">Test-time shift that replaces the model's own; null to keep that.</param>
    /// <param name="normalization">How pixels are scaled for a file of another program; null to give it pixels from 0 to 255.</param>
    /// <exception cref="DigitMLException">The file cannot be read, or the shift or the normalization is not valid for the model.</exception>
    public static OpenedModel Open(string path, IDevice? device = null, int? testTimeShift = null, PixelNormalization? normalization = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string file = RunFolder.ModelIn(path);
        if (IsZip(file))
        {
            if (testTimeShift > 0) throw new DigitMLException($"{file}: a model from one of ML.NET's trainers has no test-time shifts; omit --test-time-shifts.");
            if (normalization is not null) throw new DigitMLException($"{file}: a model from one of ML.NET's trainers says itself how pixels are scaled; omit --normalization.");
            return new OpenedModel(file, PipelineScorer.Load(file), Networks: null);
        }

        DigitModel model = DigitModel.Load(file);
        model = model.WithTestTimeShift(testTimeShift ?? model.TestTimeShift);
        if (normalization is { } scaling) model = model.WithNormalization(scaling);
        return new OpenedModel(file, device is null ? new DigitClassifier(model) : new DigitClassifier(model, device), model);
    }

    /// <summary>Opens a model only for scoring, which is faster than opening the networks as they were trained.</summary>
    /// <param name="path">A model file, or the folder of a run.</param>
    /// <param name="normalization">How pixels are scaled for a file of another program; null to give it pixels from 0 to 255.</param>
    /// <exception cref="DigitMLException">The file cannot be read, or the normalization is not valid for the model.</exception>
    public static IDigitScorer OpenScorer(string path, PixelNormalization? normalization = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string file = RunFolder.ModelIn(path);
        return IsZip(file) ? PipelineScorer.Load(file) : DigitClassifier.Load(file, new DigitClassifierOptions { Normalization = normalization });
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => Scorer.Dispose();

    private static bool IsZip(string file)
    {
        Span<byte> start = stackalloc byte[2];
        try
        {
            using FileStream stream = File.OpenRead(file);
            return OnnxModelFile.IsZip(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The model reader reports what is wrong.
            return false;
        }
    }
}
