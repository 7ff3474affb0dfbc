using DigitML.Engine;
using DigitML.Engine.Datasets;
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
    /// <param name="inputColumnName">The column of pixels: a vector of height x width Byte or Single, 0 (background) to 255 (ink); other values, and fractions without a value above 1, are an error.</param>
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

    /// <summary>Writes a model into a zip as the steps of <see cref="ApplyDigitModel"/>.</summary>
    internal static void Save(DigitModel model, string inputColumnName, ModelSaveContext zip)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.onnx");
        try
        {
            model.Save(file);
            var context = new MLContext();
            IDataView rows = context.Data.LoadDigits(new DigitDataset("", model.InputShape.Height, model.InputShape.Width, [], [], model.Labels));
            if (inputColumnName != DigitData.PixelsColumn) rows = context.Transforms.CopyColumns(inputColumnName, DigitData.PixelsColumn).Fit(rows).Transform(rows);
            ITransformer steps = context.Transforms.ApplyDigitModel(file, inputColumnName).Fit(rows);
            steps.Save(zip);
            (steps as IDisposable)?.Dispose();
        }
        finally
        {
            File.Delete(file);
        }
    }

    // ONNX Runtime returns a batch of one: a vector with one label, where ML.NET has a scalar.
    [CustomMappingFactoryAttribute(Contract)]
    private sealed class OneLabel : CustomMappingFactory<Answer, Index>
    {
        internal const string Contract = "DigitML.OneLabel";

        public override Action<Answer, Index> GetMapping() => (answer, index) =>
        {
            Check(answer.Pixels);
            index.Value = answer.Labels[0];
        };

        // Whole numbers may be the bytes of an almost blank image.
        private static void Check(float[] pixels)
        {
            int wrong = FloatImage.IndexOfWrong(pixels);
            if (wrong >= 0) throw new DigitMLException($"An image has {pixels[wrong]:R} in slot {wrong}; a pixel must be a number from 0 to 255.");
            if (!FloatImage.IsFrom0To1(pixels) || Array.TrueForAll(pixels, float.IsInteger)) return;
            throw new DigitMLException("An image has fractions but no pixel above 1; pixels must be from 0 (background) to 255 (ink): multiply them by 255.");
        }
    }

    private sealed class Answer
    {
        [ColumnName(GraphPixels)]
        public float[] Pixels { get; set; } = [];

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
