using DigitML.Engine;
using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet;

/// <summary>Runs DigitML's ONNX files with ONNX Runtime, in pipelines that ML.NET can save and load as its zip.</summary>
public static class DigitOnnx
{
    private const string GraphPixels = "pixels", GraphScores = "scores", GraphLabel = "label", IndexColumn = "LabelIndex";

    /// <summary>
    /// Recognises the digits in a column of pixels with a model file: adds Score (the probability of every class) and PredictedLabel (a key; its values are the model's labels
    /// in the model's order: <c>Evaluate</c> needs a label column in that order too, as <c>Transforms.MapDigitLabels(model)</c> produces). The zip contains the model.
    /// <see cref="PipelineScorer.Load"/> loads it; to load it with your own context, first register the assembly of the steps:
    /// <c>context.ComponentCatalog.RegisterAssembly(typeof(DigitOnnx).Assembly)</c>.
    /// </summary>
    /// <param name="transforms">The catalog.</param>
    /// <param name="modelFile">A model file written by DigitML; keep it in place until the pipeline is saved.</param>
    /// <param name="inputColumnName">The column of pixels: a vector of height x width Byte or Single, 0 (background) to 255 (ink).</param>
    /// <exception cref="DigitMLException">The file is not such a model.</exception>
    public static IEstimator<ITransformer> ApplyDigitModel(this TransformsCatalog transforms, string modelFile, string inputColumnName = DigitData.PixelsColumn)
    {
        ArgumentNullException.ThrowIfNull(transforms);
        DigitModel model = DigitModel.Load(modelFile);
        KeyValuePair<long, string>[] labels = [.. model.Labels.Labels.Select((label, index) => KeyValuePair.Create((long)index, label))];
        return transforms.Conversion.ConvertType(GraphPixels, inputColumnName, DataKind.Single)
            .Append(transforms.ApplyOnnxModel([GraphScores, GraphLabel], [GraphPixels], modelFile))
            .Append(transforms.CopyColumns("Score", GraphScores))
            .Append(transforms.CustomMapping(new OneLabel().GetMapping(), OneLabel.Contract))
            .Append(transforms.Conversion.MapValue("PredictedLabel", labels, IndexColumn, treatValuesAsKeyType: true))
            .Append(transforms.DropColumns(GraphPixels, GraphScores, GraphLabel, IndexColumn));
    }

    // ONNX Runtime returns a batch of one: a vector with one label, where ML.NET has a scalar.
    [CustomMappingFactoryAttribute(Contract)]
    private sealed class OneLabel : CustomMappingFactory<Answer, Index>
    {
        internal const string Contract = "DigitML.OneLabel";

        public override Action<Answer, Index> GetMapping() => (answer, index) => index.Value = answer.Labels[0];
    }

    private sealed class Answer
    {
        [ColumnName(GraphLabel)]
        [VectorType(1)]
        public long[] Labels { get; set; } = [];
    }

    private sealed class Index
    {
        [ColumnName(IndexColumn)]
        public long Value { get; set; }
    }
}
