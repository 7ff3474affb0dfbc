using DigitML.Data;
using DigitML.Data.Checks;
using DigitML.Data.Layouts;
using DigitML.Data.Predictions;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Experiments.RunFiles;
using DigitML.Model;

namespace DigitML.Experiments.Runs;

/// <summary>The rows of a run, and the model it retrains.</summary>
/// <param name="Labels">The classes.</param>
/// <param name="Training">Rows to learn from.</param>
/// <param name="Validation">Rows held out; null for none.</param>
/// <param name="Test">Test rows; null for none.</param>
/// <param name="BaseModel">The model to retrain; null to start from random weights.</param>
internal sealed record RunInputs(LabelMap Labels, DigitDataset Training, DigitDataset? Validation, DigitFile? Test, DigitModel? BaseModel)
{
    /// <summary>What was taken from the training file, in one line.</summary>
    internal string Reading { get; init; } = "";

    /// <summary>What stands out among the rows, in lines.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The range that the pixels of the training file had.</summary>
    internal PixelRange PixelRange { get; init; } = PixelRange.Bytes;

    /// <summary>Number of rows, training and held out.</summary>
    internal int Rows => Training.Count + (Validation?.Count ?? 0);

    /// <summary>The rows that give the metrics: the test rows, else the validation rows; null without either.</summary>
    internal DigitFile? Evaluated => Test ?? (Validation is null ? null : new DigitFile(Validation, "", DroppedRows: 0));

    /// <summary>The name of <see cref="Evaluated"/>.</summary>
    internal string EvaluatedRows => Test is null ? "validation" : "test";

    /// <summary>Reads the files of a new run.</summary>
    /// <param name="dataPath">The training data file.</param>
    /// <param name="testPath">The test data file; null for none.</param>
    /// <param name="baseModelPath">The model to retrain; null for none.</param>
    /// <param name="layout">How the data files are laid out.</param>
    /// <param name="seed">Random seed of the rows held out.</param>
    /// <param name="validationFraction">Fraction of the rows to hold out; null for a tenth, at most 5,000.</param>
    /// <exception cref="DigitMLException">A file is not valid, or files and model do not fit together.</exception>
    internal static RunInputs Load(string dataPath, string? testPath, string? baseModelPath, FileLayout layout, ulong seed, double? validationFraction) =>
        Load(dataPath, testPath, baseModelPath, layout, seed, (rows, classes) => RowsHeldOut(rows, classes, validationFraction));

    /// <summary>The number of rows held out: the given fraction; by default a tenth, at most 5,000, and fewer where every class would not keep a row for training.</summary>
    internal static int RowsHeldOut(int rows, int classes, double? validationFraction) => validationFraction is double fraction
        ? (int)Math.Round(rows * fraction)
        : DatasetSplit.DefaultValidationCount(rows) is var count && rows > classes ? Math.Min(count, rows - classes) : count;

    /// <summary>Reads the files of an interrupted run, if they have not changed.</summary>
    /// <exception cref="DigitMLException">A file has changed or is gone.</exception>
    internal static RunInputs Load(RunPlan plan)
    {
        plan.Data.Check();
        plan.TestData?.Check();
        plan.BaseModel?.Check();
        return Load(plan.Data.Path, plan.TestData?.Path, plan.BaseModel?.Path, plan.Layout ?? FileLayout.Found, plan.Split.Seed ?? plan.Seed, (_, _) => plan.Split.ValidationRows);
    }

    /// <summary>The network of a recipe for these images and classes.</summary>
    /// <exception cref="DigitMLException">The recipe does not fit them.</exception>
    internal Network NetworkOf(Recipe recipe)
    {
        int side = Math.Min(Training.Height, Training.Width);
        if (recipe.TestTimeShift >= side)
        {
            throw new DigitMLException(
                $"Recipe \"{recipe.Name}\" has test-time shifts of {recipe.TestTimeShift} pixels, which do not suit images of {Training.Height}x{Training.Width}; "
                + $"a shift is 0 to {side - 1} pixels.");
        }

        return recipe.BuildNetwork(Training.Height, Training.Width, Labels.Count);
    }

    private static RunInputs Load(string dataPath, string? testPath, string? baseModelPath, FileLayout layout, ulong seed, Func<int, int, int> validationRows)
    {
        DigitModel? baseModel = baseModelPath is null ? null : DigitModel.Load(baseModelPath);
        DigitFile file = DigitFiles.Load(dataPath, new DigitFileOptions { Layout = layout, RequireLabels = true, TrainingRange = TrainingRange.Of(baseModel), ImageHeight = baseModel?.InputShape.Height, ImageWidth = baseModel?.InputShape.Width });
        DigitDataset data = file.Dataset;
        if (baseModel is not null) data = ClassGrowth.WithLabelsOf(baseModel, data);

        if (data.LabelMap.Count < 2)
        {
            throw new DigitMLException($"{dataPath}: every row has the label \"{data.LabelMap.Labels[0]}\"; a classifier needs at least two classes.");
        }

        DigitFile? test = testPath is null ? null : DigitFiles.Load(
            testPath, new DigitFileOptions { Layout = layout, Part = "test", LabelMap = data.LabelMap, RequireLabels = true, TrainingRange = file.PixelRange, UsualSize = (data.Height, data.Width) });
        if (test is not null) DigitFiles.CheckSameSize(dataPath, data, testPath!, test.Dataset);
        string[] notes = [.. DatasetCheck.Of(data, test?.Dataset).Notes()];
        int heldOut = validationRows(data.Count, data.LabelMap.Count);
        if (heldOut > 0 && EveryClassHasOneRow(data)) throw NoneCanBeHeldOut(dataPath);
        (DigitDataset training, DigitDataset? validation) = heldOut == 0 ? (data, null) : DatasetSplit.ByCount(data, heldOut, seed);
        FreeTextOfRows();
        return new RunInputs(data.LabelMap, training, validation, test, baseModel) { Reading = file.Reading, PixelRange = file.PixelRange, Notes = notes };
    }

    /// <summary>True if no row can be held out, because each class needs its only row for training.</summary>
    internal static bool EveryClassHasOneRow(DigitDataset rows) => rows.Labels.Distinct().Count() == rows.Count;

    /// <summary>The message for <see cref="EveryClassHasOneRow"/>.</summary>
    internal static DigitMLException NoneCanBeHeldOut(string dataPath) => new(
        $"{dataPath}: every class has a single row, so none can be held out for validation; add rows, or train on all of them with: digitml train --validation-fraction 0");

    // Reading leaves garbage as large as the rows, which would not be collected soon: the memory of training is outside the GC's heap, so the process would hold both.
    private static void FreeTextOfRows() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
}
