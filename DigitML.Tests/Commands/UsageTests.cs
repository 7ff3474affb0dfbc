using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("", "digitml needs a command: train, retrain, build, sweep, compare, evaluate, predict, ensemble, export, serve, summary, recipes, data, devices, bench. See digitml --help.")]
    [InlineData("tran", "digitml has no command \"tran\"; did you mean train? See digitml --help.")]
    [InlineData("cook", "digitml has no command \"cook\"; it has train, retrain, build, sweep, compare, evaluate, predict, ensemble, export, serve, summary, recipes, data, devices, bench. See digitml --help.")]
    [InlineData("train --epoch 3", "digitml train has no option --epoch; did you mean --epochs? See digitml train --help.")]
    [InlineData("train --frobnicate", "digitml train has no option --frobnicate. See digitml train --help.")]
    [InlineData("train mnist.csv", "digitml train does not take \"mnist.csv\". See digitml train --help.")]
    [InlineData("train --data", "--data needs FILE after it. See digitml train --help.")]
    [InlineData("train --epochs ten", "--epochs is \"ten\"; it must be a whole number of at least 1. See digitml train --help.")]
    [InlineData("train --epochs 0", "--epochs is \"0\"; it must be a whole number of at least 1. See digitml train --help.")]
    [InlineData("train --epochs 99999999999", "--epochs is \"99999999999\"; it must be a whole number of at least 1. See digitml train --help.")]
    [InlineData("train --batch-size -4", "--batch-size is \"-4\"; it must be a whole number of at least 1. See digitml train --help.")]
    [InlineData("train --learning-rate 0", "--learning-rate is \"0\"; it must be a number greater than 0. See digitml train --help.")]
    [InlineData("train --learning-rate NaN", "--learning-rate is \"NaN\"; it must be a number greater than 0. See digitml train --help.")]
    [InlineData("train --seed -1", "--seed is \"-1\"; it must be a whole number of at least 0. See digitml train --help.")]
    [InlineData("train --threads 0", "--threads is \"0\"; it must be a whole number of at least 1. See digitml train --help.")]
    [InlineData("train --validation-fraction 1", "--validation-fraction is \"1\"; it must be a number from 0 up to but not including 1. See digitml train --help.")]
    [InlineData("train --device gpu", "--device is \"gpu\"; it must be one of auto, cpu, cuda. See digitml train --help.")]
    [InlineData("train --numeric-mode sloppy", "--numeric-mode is \"sloppy\"; it must be one of balanced, exact, fast. See digitml train --help.")]
    [InlineData("train --name a/b", "--name is \"a/b\"; it names a folder under runs. Use --out for a path. See digitml train --help.")]
    [InlineData("train --name ..", "--name is \"..\"; it names a folder under runs. Use --out for a path. See digitml train --help.")]
    [InlineData("train --name a --out b", "--name names a folder under runs and --out any other; give one of them. See digitml train --help.")]
    [InlineData("sweep --epochs-batch 1x1 --name a --out b", "--name names a folder under runs and --out any other; give one of them. See digitml sweep --help.")]
    [InlineData("build --time-budget 9s --name a --out b", "--name names a folder under runs and --out any other; give one of them. See digitml build --help.")]
    [InlineData("build --time-budget 9s --name a/b", "--name is \"a/b\"; it names a folder under runs. Use --out for a path. See digitml build --help.")]
    [InlineData("train --out ''", "--out is empty; it must name a folder. See digitml train --help.")]
    [InlineData("train --name ''", "--name is empty; it must be a name. See digitml train --help.")]
    [InlineData("train --recipe ''", "--recipe is empty; it must name a recipe or a file. See digitml train --help.")]
    [InlineData("predict --model '' --data x", "--model is empty; it must name a file or a folder. See digitml predict --help.")]
    [InlineData("data sample x --out ''", "--out is empty; it must name a file. See digitml data sample --help.")]
    [InlineData("serve --urls ''", "--urls is empty; it must be a URL. See digitml serve --help.")]
    [InlineData("train --resume x --seed 3", "--resume follows the plan of its run, so --seed cannot be given with it. See digitml train --help.")]
    [InlineData("train --resume x --numeric-mode fast", "--resume follows the plan of its run, so --numeric-mode cannot be given with it. See digitml train --help.")]
    [InlineData("train --resume x --data y", "--resume follows the plan of its run, so --data cannot be given with it. See digitml train --help.")]
    [InlineData("retrain --model x", "Option '--data' is required. See digitml retrain --help.")]
    [InlineData("sweep --epochs-batch 1x1,3", "--epochs-batch is \"1x1,3\": \"3\" is not a setting; a setting is EPOCHSxBATCH, both whole numbers of at least 1, with commas between settings: 10x32,20x64. See digitml sweep --help.")]
    [InlineData("sweep --epochs-batch", "--epochs-batch needs EPOCHSxBATCH,... after it. See digitml sweep --help.")]
    [InlineData("sweep", "digitml sweep needs --epochs-batch or --set: the settings to try. See digitml sweep --help.")]
    [InlineData("sweep --epochs-batch 1x1 --epochs 3", "digitml sweep has no option --epochs. See digitml sweep --help.")]
    [InlineData("data kaggle-score --submission x", "Option '--solution' is required. See digitml data kaggle-score --help.")]
    [InlineData("evaluate --data x", "Option '--model' is required. See digitml evaluate --help.")]
    [InlineData("predict --model x", "digitml predict takes either --data or --image. See digitml predict --help.")]
    [InlineData("predict --model x --data y --image z", "digitml predict takes either --data or --image. See digitml predict --help.")]
    [InlineData("predict --model x --image z --out y", "--out goes with --data; predictions of pictures are printed. See digitml predict --help.")]
    [InlineData("predict --model x --data y --format xml", "--format is \"xml\"; it must be one of kaggle, scores. See digitml predict --help.")]
    [InlineData("predict --model x --data y --test-time-shifts 1.5", "--test-time-shifts is \"1.5\"; it must be a whole number of at least 0. See digitml predict --help.")]
    [InlineData("evaluate --model x --data y --test-time-shifts -1", "--test-time-shifts is \"-1\"; it must be a whole number of at least 0. See digitml evaluate --help.")]
    [InlineData("ensemble --models a b", "Option '--out' is required. See digitml ensemble --help.")]
    [InlineData("ensemble --out c", "Option '--models' is required. See digitml ensemble --help.")]
    [InlineData("ensemble --out c --models", "--models needs FILE|DIR ... after it. See digitml ensemble --help.")]
    [InlineData("ensemble --models a --out c", "digitml ensemble takes two or more models, or one with --test-time-shifts. See digitml ensemble --help.")]
    [InlineData("ensemble --models a --out c --test-time-shifts 0", "digitml ensemble takes two or more models, or one with --test-time-shifts. See digitml ensemble --help.")]
    [InlineData("ensemble --models a --out c --test-time-shifts x", "--test-time-shifts is \"x\"; it must be a whole number of at least 0. See digitml ensemble --help.")]
    [InlineData("summary", "digitml summary takes either --recipe or --model. See digitml summary --help.")]
    [InlineData("bench", "digitml bench needs a command: train, predict, peak. See digitml bench --help.")]
    [InlineData("bench train --vector-bits 100", "--vector-bits is \"100\"; it must be one of 128, 256, 512. See digitml bench train --help.")]
    public void Wrong_usage_gets_one_line_and_exit_code_2(string line, string message)
    {
        ConsoleRun run = ConsoleRun.Of([.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "''" ? "" : word)]);
        Assert.Equal((2, "", $"error: {message}\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("train")]
    [InlineData("retrain")]
    [InlineData("sweep")]
    [InlineData("evaluate")]
    [InlineData("predict")]
    [InlineData("ensemble")]
    [InlineData("summary")]
    [InlineData("recipes")]
    [InlineData("data")]
    [InlineData("data info")]
    [InlineData("data sample")]
    [InlineData("data convert")]
    [InlineData("data kaggle-split")]
    [InlineData("data kaggle-score")]
    [InlineData("devices")]
    [InlineData("bench")]
    [InlineData("bench train")]
    [InlineData("bench predict")]
    [InlineData("bench peak")]
    public void Every_command_teaches_with_examples(string command)
    {
        ConsoleRun run = ConsoleRun.Of([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"(?s)Usage:.*Examples?:\s+digitml ", run.Output);
    }
}
