using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Training;

namespace DigitML.Tests.EndToEnd;

public class BadInputTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void A_missing_data_file_makes_no_run_folder()
    {
        Fails($"{model.Data.In("none.csv")}: there is no such file; check the path.", "train", "--data", model.Data.In("none.csv"), "--out", model.Data.In("no-run"));
        Assert.False(Directory.Exists(model.Data.In("no-run")));
    }

    [Fact]
    public void A_folder_below_a_file_cannot_be_a_run_folder()
    {
        string folder = Path.Combine(model.Data.Train, "run");
        Fails($"{Path.Combine(folder, "plan.json")} cannot be written: {model.Data.Train} is a file, not a folder; choose another folder.",
            "train", "--data", model.Data.Train, "--recipe", model.Data.Recipe, "--out", folder);
    }

    [LinuxFact("/proc takes no folders")]
    public void A_folder_that_cannot_be_written_is_refused_before_training() => FailsStarting(
        "/proc/digitml/plan.json cannot be written: no file can be created in its folder; choose another folder.",
        "train", "--data", model.Data.Train, "--recipe", model.Data.Recipe, "--out", "/proc/digitml");

    [LinuxFact("/dev/full is a disk that is always full")]
    public void A_full_disk_is_named() => Fails(
        "/dev/full cannot be written: the disk is full; free some space or choose another folder.",
        "predict", "--model", model.Path, "--data", model.Data.Test, "--out", "/dev/full");

    [Fact]
    public void Predictions_below_a_file_cannot_be_written() => FailsStarting(
        $"{Path.Combine(model.Data.Train, "out.csv")} cannot be written: ",
        "predict", "--model", model.Path, "--data", model.Data.Test, "--out", Path.Combine(model.Data.Train, "out.csv"));

    [Fact]
    public void Cuda_is_not_part_of_this_build()
    {
        ConsoleRun run = ConsoleRun.OnCpu("train", "--data", model.Data.Train, "--recipe", model.Data.Recipe, "--device", "cuda", "--out", model.Data.In("cuda"));
        Assert.Equal((1, "error: CUDA is not part of this build; omit --device or use --device cpu.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Images_of_another_size_than_the_models_are_refused()
    {
        string small = model.Data.In("small.csv");
        CsvDigitWriter.Write(small, new DigitDataset("small", 8, 8, new byte[2 * 64], [0, 1], new LabelMap(["0", "1"])));
        string message = $"{small}: its images are 8x8; images of 28x28 are needed here.";
        Fails(message, "evaluate", "--model", model.Path, "--data", small);
        Fails(message, "predict", "--model", model.Path, "--data", small);
        Fails(message, "retrain", "--model", model.Path, "--data", small, "--out", model.Data.In("x"));
    }

    [Fact]
    public void Test_images_of_another_size_than_the_training_images_are_refused()
    {
        string small = model.Data.In("small-test.csv");
        CsvDigitWriter.Write(small, new DigitDataset("small", 8, 8, new byte[2 * 64], [0, 1], new LabelMap(["0", "1"])));
        Fails($"{small}: its images are 8x8 but those of {model.Data.Train} are 28x28; both must have the same size.",
            "train", "--data", model.Data.Train, "--test-data", small, "--recipe", model.Data.Recipe, "--out", model.Data.In("y"));
    }

    [Fact]
    public void Rows_of_a_single_class_are_refused()
    {
        string ones = model.Data.In("ones.csv");
        CsvDigitWriter.Write(ones, new DigitDataset("ones", 28, 28, new byte[3 * 784], [0, 0, 0], new LabelMap(["1"])));
        Fails($"{ones}: every row has the label \"1\"; a classifier needs at least two classes.",
            "train", "--data", ones, "--recipe", model.Data.Recipe, "--out", model.Data.In("z"));
    }

    [Fact]
    public void A_recipe_that_does_not_fit_the_images_is_refused_with_its_layer()
    {
        string recipe = model.Data.In("too-deep.json");
        File.WriteAllText(recipe, File.ReadAllText(model.Data.Recipe).Replace("\"poolSize\": 2", "\"poolSize\": 20", StringComparison.Ordinal));
        FailsStarting("Layer 2 (conv2d): Conv2D has a window of 3x3 but its padded input is 1x1; ",
            "train", "--data", model.Data.Train, "--recipe", recipe, "--out", model.Data.In("deep"));
    }

    [Fact]
    public void A_run_that_cannot_begin_leaves_no_folder()
    {
        string folder = model.Data.In("never");
        FailsInTheEnd("learningRate monitors valAccuracy but there are no validation rows; hold out validation rows or monitor the training loss.",
            "train", "--data", model.Data.Train, "--recipe", "keras-cnn", "--validation-fraction", "0", "--out", folder);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_with_one_line_and_no_model()
    {
        string folder = model.Data.In("diverged");
        ConsoleRun run = ConsoleRun.Of("train", "--data", model.Data.Train, "--recipe", model.Data.Recipe, "--learning-rate", "1e38", "--out", folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Error.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(folder, "model.onnx")));
    }

    [Fact]
    public void A_loss_that_blew_up_but_stayed_finite_is_told()
    {
        ConsoleRun run = ConsoleRun.Of("train", "--data", model.Data.Train, "--recipe", model.Data.Recipe, "--learning-rate", "1e5", "--epochs", "2", "--out", model.Data.In("blown up"));
        Assert.Equal(0, run.ExitCode);
        Assert.Matches(@"\nWarning: the validation accuracy, 0\.\d{4}, is no better than answering "".""", run.Error);
    }

    [Fact]
    public void Classes_without_test_rows_are_told()
    {
        DigitDataset test = DigitFiles.Read(model.Data.Test);
        string some = model.Data.In("without 8 and 9.csv");
        CsvDigitWriter.Write(some, test.Subset("some", [.. Enumerable.Range(0, test.Count).Where(row => test.Labels[row] < 8)]));
        ConsoleRun run = ConsoleRun.Of("evaluate", "--model", model.Path, "--data", some);
        Assert.Contains("\n           9          -         -         -         0\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("\nClasses without rows, left out of the averages: 8, 9\n", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n +9 \|\| [^\n]*\|      -\n", run.Output);
    }

    [Fact]
    public void A_fault_of_the_program_is_one_line_too()
    {
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = DigitMLConsole.Run(
            ["evaluate", "--model", model.Path, "--data", model.Data.Test], TextWriter.Null, error,
            openDevice: _ => throw new InvalidOperationException("first line\nsecond line"));
        Assert.Equal((1, "error: unexpected failure: first line second line (--verbose shows where)\n"), (exitCode, error.ToString()));
    }

    [Fact]
    public void Rows_with_labels_the_model_does_not_know_are_left_out_and_counted()
    {
        DigitDataset test = DigitFiles.Read(model.Data.Test);
        string mixed = model.Data.In("mixed.csv");
        CsvDigitWriter.Write(mixed, new DigitDataset(
            "mixed", 28, 28, test.Pixels, [.. test.Labels.Select((key, row) => row < 7 ? 10 : key)], new LabelMap([.. test.LabelMap.Labels, "A"])));
        ConsoleRun run = ConsoleRun.Of("evaluate", "--model", model.Path, "--data", mixed);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\n93 rows: accuracy ", run.Output, StringComparison.Ordinal);
        Assert.EndsWith("\n7 more rows were left out: the label is missing or unknown to the model.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_no_label_that_the_model_knows_is_refused()
    {
        string letters = model.Data.In("letters-only.csv");
        CsvDigitWriter.Write(letters, new DigitDataset("letters", 28, 28, new byte[2 * 784], [0, 1], new LabelMap(["A", "B"])));
        Fails($"{letters}: none of its 2 rows has a label that the model knows; it knows 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.",
            "evaluate", "--model", model.Path, "--data", letters);
    }

    [Fact]
    public void Test_labels_unseen_in_training_are_refused_before_training()
    {
        string letters = model.Data.In("unseen.csv");
        CsvDigitWriter.Write(letters, new DigitDataset("letters", 28, 28, new byte[2 * 784], [0, 1], new LabelMap(["A", "B"])));
        ConsoleRun run = ConsoleRun.Of("train", "--data", model.Data.Train, "--test-data", letters, "--recipe", model.Data.Recipe, "--out", model.Data.In("unseen"));
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {letters}:2: ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(model.Data.In("unseen")));
    }

    [Fact]
    public void A_model_file_that_is_none_is_refused_by_every_command()
    {
        foreach (string[] line in new string[][]
        {
            ["evaluate", "--data", model.Data.Test], ["predict", "--data", model.Data.Test], ["summary"], ["retrain", "--data", model.Data.Train],
        })
        {
            FailsStarting(model.Data.Recipe, [.. line, "--model", model.Data.Recipe]);
        }
    }

    [Fact]
    public void A_picture_that_is_none_is_refused() => FailsStarting(model.Data.Recipe, "predict", "--model", model.Path, "--image", model.Data.Recipe);

    private static void Fails(string message, params string[] args)
    {
        ConsoleRun run = ConsoleRun.Of(args);
        Assert.Equal((1, $"error: {message}"), (run.ExitCode, run.Error.TrimEnd('\n').Split('\n')[^1]));
    }

    private static void FailsInTheEnd(string message, params string[] args)
    {
        ConsoleRun run = ConsoleRun.Of(args);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith($"\nerror: {message}\n", run.Error, StringComparison.Ordinal);
    }

    private static void FailsStarting(string message, params string[] args)
    {
        ConsoleRun run = ConsoleRun.Of(args);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"error: {message}", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }
}
