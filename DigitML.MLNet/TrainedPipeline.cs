using DigitML.Engine.Datasets;
using DigitML.Engine.Files;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>A pipeline that ML.NET trained on digits.</summary>
public sealed class TrainedPipeline
{
    private readonly MLContext context;
    private readonly DataViewSchema inputSchema;
    private readonly Func<DigitDataset, IDataView> load;

    internal TrainedPipeline(MLContext context, ITransformer model, DataViewSchema inputSchema, Func<DigitDataset, IDataView> load)
    {
        this.context = context;
        this.inputSchema = inputSchema;
        this.load = load;
        Model = model;
    }

    /// <summary>From the columns Label and Pixels, or Label and Image, to Score and PredictedLabel.</summary>
    public ITransformer Model { get; }

    /// <summary>The scores of every row: rows x classes, row-major, in the order of the training rows' label map.</summary>
    public float[] Scores(DigitDataset rows) => [.. Model.Transform(load(rows)).GetColumn<float[]>("Score").SelectMany(scores => scores)];

    /// <summary>Writes ML.NET's zip, which <c>mlContext.Model.Load</c> reads; it appears whole or not at all.</summary>
    public void Save(string path)
    {
        using var zip = new MemoryStream();
        context.Model.Save(Model, inputSchema, zip);
        AtomicFile.WriteBytes(path, zip.ToArray());
    }
}
