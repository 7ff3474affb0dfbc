using System.Collections.Immutable;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>
/// Recognises the digits in a column of pixels: adds Score, the probability of every class, and PredictedLabel, the key of the most probable one. The scores equal those of
/// <see cref="DigitClassifier"/>. Predicting is thread-safe. <c>mlContext.Model.Save</c> writes it as the steps of <see cref="DigitOnnx.ApplyDigitModel"/>.
/// </summary>
public sealed class DigitCnnTransformer : ITransformer, IDisposable
{
    private readonly DigitClassifier classifier;
    private readonly KeyValues classes;
    private readonly IDevice? device;

    internal DigitCnnTransformer(DigitModel model, ImmutableArray<TrainingResult> trainingResults, string featureColumnName, KeyValues classes, IDevice? device)
    {
        Model = model;
        TrainingResults = trainingResults;
        FeatureColumnName = featureColumnName;
        this.classes = classes;
        this.device = device;
        classifier = device is null ? new DigitClassifier(model) : new DigitClassifier(model, device);
    }

    /// <summary>The trained model.</summary>
    public DigitModel Model { get; }

    /// <summary>The training result of each of the model's networks: its epochs and why training ended.</summary>
    public ImmutableArray<TrainingResult> TrainingResults { get; }

    /// <summary>
    /// The column of pixels: a vector of height x width Byte or Single. Single values are whole numbers from 0 to 255, or such numbers divided by 255, whatever the training
    /// rows were: they are taken as 0 to 255 if any of the column (in a prediction engine: of the image) is above 1. Other values are an error.
    /// </summary>
    public string FeatureColumnName { get; }

    /// <summary>True: a row's scores depend on that row alone, apart from the scale of Single values.</summary>
    public bool IsRowToRowMapper => true;

    /// <summary>Writes the model as an ONNX file for DigitClassifier, ApplyDigitModel and other runtimes. Its input pixels are 0 to 255.</summary>
    /// <param name="path">The file, which is written atomically.</param>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void SaveAsOnnx(string path) => Model.Save(path);

    /// <summary>Returns the columns of the input, then Score and PredictedLabel.</summary>
    /// <param name="inputSchema">The columns of the input.</param>
    /// <exception cref="DigitMLException">The column of pixels is missing or of another type or size.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Pixels(inputSchema);
        return new ScoredColumns(inputSchema, classes).Schema;
    }

    /// <summary>Adds the columns Score and PredictedLabel to rows; they are scored in batches as they are read.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="DigitMLException">The column of pixels is missing or of another type or size.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredView(input, new ScoredColumns(input.Schema, classes), Pixels(input.Schema), classifier);
    }

    /// <summary>Returns a mapper that does the same for one row at a time.</summary>
    /// <param name="inputSchema">The columns of a row.</param>
    /// <exception cref="DigitMLException">The column of pixels is missing or of another type or size.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        new ScoredRowMapper(inputSchema, new ScoredColumns(inputSchema, classes), Pixels(inputSchema), classifier);

    /// <summary>Frees the compiled model. Do not call it while predictions run.</summary>
    public void Dispose()
    {
        classifier.Dispose();
        device?.Dispose();
    }

    // ML.NET's zip cannot hold a transformer from outside ML.NET, so it gets steps of ML.NET's own with the same columns.
    void ICanSaveModel.Save(ModelSaveContext ctx) => DigitOnnx.Save(Model, FeatureColumnName, ctx);

    private PixelColumn Pixels(DataViewSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return PixelColumn.Of(schema, FeatureColumnName, classifier.Height, classifier.Width);
    }
}
