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
/// Wraps a fitted ML.NET pipeline, from a column of pixels to Score, as a scorer of digits that can be evaluated, compared and served like any other model. It is
/// stored as ML.NET's zip. Scoring is thread-safe.
/// </summary>
public sealed class PipelineScorer : IDigitScorer
{
    private readonly MLContext context;
    private readonly DataViewSchema inputSchema;
    private readonly bool takesBytes;

    /// <summary>Wraps a fitted pipeline.</summary>
    /// <param name="context">The context it was created with.</param>
    /// <param name="model">The pipeline, from the columns Label (text) and Pixels of LoadDigits to Score.</param>
    /// <param name="inputSchema">The columns it was fitted on: <c>rows.Schema</c>.</param>
    /// <exception cref="DigitMLException">There is no column of pixels or of scores, or the scores do not name their classes.</exception>
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

    /// <summary>Loads a zip written by <see cref="Save(string)"/> or ML.NET's <c>Model.Save</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DigitMLException">The file cannot be read or is not a pipeline from pixels to scores; the message is one line.</exception>
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
            return new PipelineScorer(context, model, schema ?? throw new DigitMLException("it does not name its input columns"));
        }
        catch (DigitMLException e)
        {
            throw new DigitMLException($"{path} is not a digit model: {e.Message}", e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // ML.NET throws all kinds of exceptions on other files.
            throw new DigitMLException($"{path} is not an ML.NET model that can be read here; name a model.zip written by a run of another trainer or by PipelineScorer.Save.", e);
        }
    }

    /// <summary>Writes ML.NET's zip atomically; <see cref="Load"/> and <c>mlContext.Model.Load</c> can read it.</summary>
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

        if (row < count) throw new DigitMLException($"The pipeline scored {row} of {count} rows; remove the step that drops rows.");
    }

    /// <summary>Disposes the pipeline.</summary>
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
            throw new DigitMLException("Column \"Score\" is not a vector of Single with one score per class.");
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
