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

    internal TrainedPipeline(MLContext context, ITransformer model, DataViewSchema inputSchema)
    {
        this.context = context;
        this.inputSchema = inputSchema;
        Model = model;
    }

    /// <summary>From the columns Label and Pixels to Score and PredictedLabel.</summary>
    public ITransformer Model { get; }

    /// <summary>The scores of every row: rows x classes, row-major, in the order of the training rows' label map.</summary>
    public float[] Scores(DigitDataset rows) => [.. Model.Transform(context.Data.LoadDigits(rows)).GetColumn<float[]>("Score").SelectMany(scores => scores)];

    /// <summary>Writes ML.NET's zip, which <c>mlContext.Model.Load</c> reads; it appears whole or not at all.</summary>
    public void Save(string path)
    {
        using var zip = new MemoryStream();
        context.Model.Save(Model, inputSchema, zip);
        AtomicFile.WriteBytes(path, zip.ToArray());
    }
}
