using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace DigitML.Benchmarks;

/// <summary>
/// What DigitML costs beyond throughput: peak memory of a training run on the shipped 60,000 rows, the time from process start to the first prediction, the size of the
/// sample that is one trimmed file, and allocations. Writes <c>results/{cpu}/footprint</c>. Needs Linux (/proc).
/// </summary>
internal static class Footprint
{
    private const string Recipe = "keras-cnn";

    internal static void Run(Options options)
    {
        string[] recipes = options.Text("--recipes", "compact,keras-cnn").Split(',');
        int starts = options.Number("--starts", 15);
        Memory[] memory = [.. recipes.Select(PeakMemory)];
        Start[] first = FirstPredictions(starts);
        SingleFile file = TrimmedSample(starts);
        Garbage garbage = new(Allocations.OfTrainingStep(Recipe), Allocations.OfSpanPrediction(Recipe));
        Console.WriteLine(ResultFiles.Write("footprint", new { Memory = memory, FirstPrediction = first, SingleFile = file, BytesAllocated = garbage }, Table(memory, first, file, garbage)));
    }

    private static Memory PeakMemory(string recipe)
    {
        string folder = Directory.CreateTempSubdirectory("digitml-footprint-").FullName;
        long kilobytes = 0;
        var start = new ProcessStartInfo("dotnet", [ChildProcess.Console, "train", "--recipe", recipe, "--epochs", "1", "--out", folder, "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(20)) kilobytes = Math.Max(kilobytes, HighWaterMark(process.Id));
        if (process.ExitCode != 0) throw new InvalidOperationException($"The training of {recipe} ended with {process.ExitCode}.");
        Directory.Delete(folder, recursive: true);
        Console.Error.WriteLine($"{recipe}: {kilobytes / 1024} MB");
        return new Memory(recipe, Math.Round(kilobytes / 1024.0, 1));
    }

    // A process's peak memory so far; 0 if it is about to end.
    private static long HighWaterMark(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static Start[] FirstPredictions(int starts)
    {
        string folder = Directory.CreateTempSubdirectory("digitml-first-").FullName, project = Path.Combine(ResultFiles.Project, "FirstPrediction");
        using var models = new PeerModels();
        string model = models.Onnx(Recipe);
        var results = new List<Start>();
        foreach ((string name, string[] settings) in ((string, string[])[])[("plain", []), ("ReadyToRun", ["--use-current-runtime", "--no-self-contained", "-p:PublishReadyToRun=true"])])
        {
            string output = Path.Combine(folder, name);
            Publish(project, output, settings);
            double[] answers = new double[starts], idle = new double[starts];
            for (int i = 0; i < starts; i++)
            {
                idle[i] = MillisecondsOf(Path.Combine(output, "FirstPrediction"));
                answers[i] = MillisecondsOf(Path.Combine(output, "FirstPrediction"), model);
            }

            results.Add(new Start(name, Math.Round(Statistics.Median(answers), 1), Math.Round(Statistics.Median(idle), 1)));
            Console.Error.WriteLine(results[^1]);
        }

        Directory.Delete(folder, recursive: true);
        return [.. results];
    }

    // The file is compressed, and predicts a blank image with the model inside it.
    private static SingleFile TrimmedSample(int starts)
    {
        string folder = Directory.CreateTempSubdirectory("digitml-single-").FullName, output = Path.Combine(folder, "single"), program = Path.Combine(output, "SingleFile");
        Publish(Path.Combine(ResultFiles.Project, "..", "samples", "SingleFile"), output);
        var file = new SingleFile(
            Math.Round(new FileInfo(program).Length / 1e6, 1), Math.Round(Statistics.Median([.. Enumerable.Range(0, starts).Select(_ => MillisecondsOf(program))]), 1));
        Directory.Delete(folder, recursive: true);
        Console.Error.WriteLine(file);
        return file;
    }

    private static void Publish(string project, string output, params string[] settings) =>
        ChildProcess.Output("dotnet", ["publish", project, "-c", "Release", "-o", output, "--artifacts-path", output + "-build", "-v", "quiet", .. settings]);

    private static double MillisecondsOf(string program, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string? answer = process.StandardOutput.ReadLine();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        process.WaitForExit();
        return answer is not null && process.ExitCode == 0 ? milliseconds : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static string Table(Memory[] memory, Start[] first, SingleFile file, Garbage garbage)
    {
        var text = new StringBuilder("| footprint | |\n|---|---:|\n");
        foreach (Memory run in memory) text.Append(CultureInfo.InvariantCulture, $"| `train --recipe {run.Recipe}` on 60,000 rows, peak memory | {run.Megabytes:0} MB |\n");
        foreach (Start start in first)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| process start to first prediction, `{Recipe}`, {start.Build} | {start.Milliseconds:0} ms, of which .NET takes {start.MillisecondsOfDotnet:0} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| `samples/SingleFile`, one trimmed file with .NET and a model in it: size, process start to first prediction | {file.Megabytes:0.0} MB, {file.Milliseconds:0} ms |\n");
        text.Append(CultureInfo.InvariantCulture, $"| allocated per training step / per span prediction | {garbage.TrainingStep:0.#} / {garbage.SpanPrediction:0.#} bytes |\n");
        return text.ToString();
    }

    private sealed record Memory(string Recipe, double Megabytes);

    private sealed record Start(string Build, double Milliseconds, double MillisecondsOfDotnet);

    private sealed record SingleFile(double Megabytes, double Milliseconds);

    private sealed record Garbage(double TrainingStep, double SpanPrediction);
}
