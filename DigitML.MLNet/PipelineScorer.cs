using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms.Onnx;

namespace DigitML.MLNet;

/// <summary>
/// A fitted ML.NET pipeline, from a column of pixels to Score, as a scorer of digits: what evaluates, submits, compares and serves takes it like any other model. It is
/// stored as ML.NET's zip. Scoring is safe from many threads at once.
/// </summary>
public sealed class PipelineScorer : IDigitScorer
{
    private readonly MLContext context;
    private readonly DataViewSchema inputSchema;
    private readonly bool takesBytes;

    /// <summary>Wraps a fitted pipeline.</summary>
    /// <param name="context">The context it was made with.</param>
    /// <param name="model">From the columns Label (text) and Pixels, as LoadDigits gives them, to Score.</param>
    /// <param name="inputSchema">The columns it was fitted on: <c>rows.Schema</c>.</param>
    /// <exception cref="DigitMLException">There is no column of pixels, no column of scores, or the scores do not name their classes.</exception>
    public PipelineScorer(MLContext context, ITransformer model, DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        this.context = context;
        this.inputSchema = inputSchema;
        Model = model;
        PixelColumn pixels = PixelColumn.Of(inputSchema, DigitData.PixelsColumn);
        (Height, Width, takesBytes) = (pixels.Height, pixels.Width, pixels.IsBytes);
        Labels = LabelsOf(model.GetOutputSchema(inputSchema));
    }

    /// <summary>The pipeline.</summary>
    public ITransformer Model { get; }

    /// <summary>The classes in key order: the values of PredictedLabel's keys, or the names of the scores.</summary>
    public LabelMap Labels { get; }

    /// <summary>Rows of an image.</summary>
    public int Height { get; }

    /// <summary>Columns of an image.</summary>
    public int Width { get; }

    /// <summary>Loads a zip that <see cref="Save(string)"/> or ML.NET's <c>Model.Save</c> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">The file cannot be read or is no pipeline from pixels to scores; the message is one line.</exception>
    public static PipelineScorer Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) throw new DigitMLException($"{path}: there is no such file; name a model.zip.");
        var context = new MLContext();
        foreach (Type step in new[] { typeof(DigitOnnx), typeof(FastTreeBinaryTrainer), typeof(LightGbmMulticlassTrainer), typeof(OnnxScoringEstimator) })
        {
            context.ComponentCatalog.RegisterAssembly(step.Assembly);
        }

        try
        {
            ITransformer model = context.Model.Load(path, out DataViewSchema? schema);
            return new PipelineScorer(context, model, schema ?? throw new DigitMLException("it does not say which columns it takes"));
        }
        catch (DigitMLException e)
        {
            throw new DigitMLException($"{path} is no model of digits: {e.Message}", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // ML.NET fails on a foreign file in as many ways as there are files.
            throw new DigitMLException($"{path} is no ML.NET model that can be read here; name a model.zip that a run of another trainer or PipelineScorer.Save wrote.", e);
        }
    }

    /// <summary>Writes ML.NET's zip, which <see cref="Load"/> and <c>mlContext.Model.Load</c> read; it appears whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">The file cannot be written, or a step of the pipeline cannot be saved in a zip.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using var zip = new MemoryStream();
        try
        {
            context.Model.Save(Model, inputSchema, zip);
        }
        catch (Exception e) when (e.InnerException is DigitMLException inner)
        {
            throw new DigitMLException(inner.Message, e);
        }

        AtomicFile.Write(path, zip.WriteTo);
    }

    /// <inheritdoc/>
    public void PredictBatch(ReadOnlySpan<byte> pixels, int count, Span<float> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Require(pixels.Length, (long)count * Height * Width, nameof(pixels));
        Require(scores.Length, (long)count * Labels.Count, nameof(scores));
        if (count == 0) return;
        int[] noLabels = new int[count];
        Array.Fill(noLabels, DigitDataset.NoLabel);
        IDataView scored = Model.Transform(Rows(new DigitDataset(DigitData.PixelsColumn, Height, Width, pixels.ToArray(), noLabels, new LabelMap([]))));
        DataViewSchema.Column column = scored.Schema["Score"];
        using DataViewRowCursor cursor = scored.GetRowCursor([column]);
        ValueGetter<VBuffer<float>> get = cursor.GetGetter<VBuffer<float>>(column);
        VBuffer<float> score = default;
        int row = 0;
        while (row < count && cursor.MoveNext())
        {
            get(ref score);
            Span<float> values = scores.Slice(row++ * Labels.Count, Labels.Count);
            score.CopyTo(values);
            if (ArgMax.Of(values) < 0) throw TopPrediction.NotNumbers();
        }

        if (row < count) throw new DigitMLException($"The pipeline scored {row} of {count} rows; take the step that leaves rows out off it.");
    }

    /// <summary>Frees what the pipeline holds.</summary>
    public void Dispose() => (Model as IDisposable)?.Dispose();

    private IDataView Rows(DigitDataset rows)
    {
        IDataView view = context.Data.LoadDigits(rows);
        return takesBytes ? view : context.Transforms.Conversion.ConvertType(DigitData.PixelsColumn, outputKind: DataKind.Single).Fit(view).Transform(view);
    }

    private static LabelMap LabelsOf(DataViewSchema output)
    {
        if (PixelColumn.Get(output, "Score") is not { Type: VectorDataViewType { IsKnownSize: true } vector } score || vector.ItemType != NumberDataViewType.Single)
        {
            throw new DigitMLException("Column \"Score\" is no vector of Single, one score per class.");
        }

        KeyValues? names = output.GetColumnOrNull("PredictedLabel") is { Type: KeyDataViewType } predicted ? KeyValues.Of(predicted)
            : KeyValues.AnnotationOf(score, "SlotNames") ?? KeyValues.AnnotationOf(score, "TrainingLabelValues");
        return names?.Names.Length == vector.Size ? new LabelMap(names.Names) : throw new DigitMLException("The scores do not name their classes.");
    }

    private static void Require(int received, long needed, string name)
    {
        if (received != needed) throw new ArgumentException($"The images need {needed} {name}, not {received}.", name);
    }
}
