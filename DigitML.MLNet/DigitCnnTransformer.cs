using System.Buffers;
using System.Numerics.Tensors;
using DigitML.Engine;
using DigitML.Engine.Devices;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet;

/// <summary>
/// Reads the digits of a column of pixels: adds Score, the probability of every class, and PredictedLabel, the key of the most probable one. Predicting is safe from many
/// threads at once.
/// </summary>
public sealed class DigitCnnTransformer : ITransformer, IDisposable
{
    private readonly ITransformer mapping;
    private readonly DigitClassifier classifier;
    private readonly IDevice? device;
    private readonly float scale;

    internal DigitCnnTransformer(DigitModel model, string featureColumnName, float scale, KeyValues classes, IDevice? device)
    {
        Model = model;
        FeatureColumnName = featureColumnName;
        this.scale = scale;
        this.device = device;
        classifier = device is null ? new DigitClassifier(model) : new DigitClassifier(model, device);
        mapping = Mapping(classes);
    }

    /// <summary>The trained model.</summary>
    public DigitModel Model { get; }

    /// <summary>The column of pixels.</summary>
    public string FeatureColumnName { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => true;

    /// <summary>Writes the model as an ONNX file, which DigitClassifier, ApplyDigitModel and other runtimes take. Its pixels are 0 to 255.</summary>
    /// <exception cref="DigitMLException">The file cannot be written.</exception>
    public void SaveAsOnnx(string path) => Model.Save(path);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => mapping.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => mapping.Transform(input);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => mapping.GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    public void Dispose()
    {
        classifier.Dispose();
        device?.Dispose();
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new DigitMLException(
        "ML.NET's zip takes no transformer from outside of ML.NET; write the network with SaveAsOnnx, and save a pipeline over Transforms.ApplyDigitModel.");

    // ML.NET's own mapping brings views, cursors, prediction engines and annotations.
    private CustomMappingTransformer<Pixels, Reading> Mapping(KeyValues classes)
    {
        SchemaDefinition input = SchemaDefinition.Create(typeof(Pixels)), output = SchemaDefinition.Create(typeof(Reading));
        SchemaDefinition.Column values = input[nameof(Pixels.Values)];
        values.ColumnName = FeatureColumnName;
        values.ColumnType = new VectorDataViewType(NumberDataViewType.Single, classifier.PixelCount);

        SchemaDefinition.Column score = output[nameof(Reading.Score)], predicted = output[nameof(Reading.PredictedLabel)];
        ReadOnlyMemory<char>[] names = [.. classes.Names.Select(name => name.AsMemory())];
        score.ColumnType = new VectorDataViewType(NumberDataViewType.Single, names.Length);
        score.AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, names), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        classes.Annotate(score, "TrainingLabelValues");
        predicted.ColumnType = new KeyDataViewType(typeof(uint), names.Length);
        classes.Annotate(predicted, "KeyValues");
        foreach ((SchemaDefinition.Column column, string kind) in new[] { (score, "Score"), (predicted, "PredictedLabel") })
        {
            column.AddAnnotation("ScoreColumnKind", "MulticlassClassification".AsMemory(), TextDataViewType.Instance);
            column.AddAnnotation("ScoreValueKind", kind.AsMemory(), TextDataViewType.Instance);
        }

        var context = new MLContext();
        return context.Transforms.CustomMapping<Pixels, Reading>(Read, contractName: null, input, output).Fit(context.Data.LoadFromEnumerable<Pixels>([], input));
    }

    private void Read(Pixels pixels, Reading reading)
    {
        if (reading.Score.Length != classifier.ClassCount) reading.Score = new float[classifier.ClassCount];
        float[] scaled = ArrayPool<float>.Shared.Rent(classifier.PixelCount);
        Span<float> values = scaled.AsSpan(0, classifier.PixelCount);
        TensorPrimitives.Multiply(pixels.Values, scale, values);
        // Where an object has a key, ML.NET counts from 0.
        reading.PredictedLabel = (uint)classifier.Predict(values, reading.Score).Key;
        ArrayPool<float>.Shared.Return(scaled);
    }

    private sealed class Pixels
    {
        public float[] Values { get; set; } = [];
    }

    private sealed class Reading
    {
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }
}
