using DigitML.Data;
using DigitML.Data.Predictions;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Experiments.RunFiles;
using DigitML.Model;

namespace DigitML.Experiments.Runs;

/// <summary>What a run reads: rows to learn from, rows held out, rows to test on, and the network they fit.</summary>
/// <param name="Recipe">Network and training.</param>
/// <param name="Network">The network for these images and classes.</param>
/// <param name="Labels">The classes.</param>
/// <param name="Training">Rows to learn from.</param>
/// <param name="Validation">Rows held out; null for none.</param>
/// <param name="Test">Test rows; null for none.</param>
/// <param name="Normalization">What a pixel becomes.</param>
/// <param name="InitialWeights">Weights to begin with; null for random ones.</param>
internal sealed record RunInputs(
    Recipe Recipe, Network Network, LabelMap Labels, DigitDataset Training, DigitDataset? Validation, DigitFile? Test, PixelNormalization Normalization,
    NetworkWeights? InitialWeights)
{
    /// <summary>Rows to learn from and rows held out.</summary>
    internal int Rows => Training.Count + (Validation?.Count ?? 0);

    /// <summary>Reads the files of a new run.</summary>
    /// <exception cref="DigitMLException">A file is bad, or files, recipe and model do not fit each other.</exception>
    internal static RunInputs Load(string dataPath, string? testPath, Recipe recipe, string? baseModelPath, double? validationFraction) =>
        Load(dataPath, testPath, recipe, baseModelPath, rows => RowsHeldOut(rows, validationFraction));

    /// <summary>How many of the rows are held out: the share, or a tenth and at most 5,000 where none was named.</summary>
    internal static int RowsHeldOut(int rows, double? validationFraction) =>
        validationFraction is double fraction ? (int)Math.Round(rows * fraction) : DatasetSplit.DefaultValidationCount(rows);

    /// <summary>Reads the files of a run that was stopped, where they are still the same.</summary>
    /// <exception cref="DigitMLException">A file has changed or is gone.</exception>
    internal static RunInputs Load(RunPlan plan)
    {
        plan.Data.Check();
        plan.TestData?.Check();
        plan.BaseModel?.Check();
        return Load(plan.Data.Path, plan.TestData?.Path, plan.Recipe, plan.BaseModel?.Path, _ => plan.Split.ValidationRows);
    }

    private static RunInputs Load(string dataPath, string? testPath, Recipe recipe, string? baseModelPath, Func<int, int> validationRows)
    {
        DigitDataset data = DigitFiles.Read(dataPath, new DigitFileOptions { RequireLabels = true });
        LeftOvers.Free();
        DigitModel? baseModel = baseModelPath is null ? null : DigitModel.Load(baseModelPath);
        if (baseModel is not null)
        {
            ModelInput.CheckSize(dataPath, data, baseModel);
            data = ClassGrowth.WithLabelsOf(baseModel, data);
        }

        if (data.LabelMap.Count < 2)
        {
            throw new DigitMLException($"{dataPath}: every row has the label \"{data.LabelMap.Labels[0]}\"; a recogniser needs at least two classes to tell apart.");
        }

        DigitFile? test = testPath is null ? null : DigitFiles.Load(testPath, new DigitFileOptions { LabelMap = data.LabelMap, RequireLabels = true });
        if (test is not null) DigitFiles.CheckSameSize(dataPath, data, testPath!, test.Dataset);
        int heldOut = validationRows(data.Count);
        (DigitDataset training, DigitDataset? validation) = heldOut == 0 ? (data, null) : DatasetSplit.ByCount(data, heldOut, recipe.Training.Seed);
        Network network = recipe.BuildNetwork(data.Height, data.Width, data.LabelMap.Count);
        if (recipe.TestTimeShift >= Math.Min(data.Height, data.Width))
        {
            throw new DigitMLException(
                $"Recipe \"{recipe.Name}\" has test-time shifts of {recipe.TestTimeShift} pixels, which do not suit images of {data.Height}x{data.Width}; "
                + $"a shift is 0 to {Math.Min(data.Height, data.Width) - 1} pixels.");
        }

        return new RunInputs(
            recipe, network, data.LabelMap, training, validation, test,
            baseModel?.Normalization ?? recipe.NormalizationFor(training),
            baseModel is null ? null : ClassGrowth.WeightsFor(network, baseModel, recipe.Training));
    }
}
