using System.CommandLine;
using System.Globalization;
using DigitML.Data.Recipes;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Experiments.Devices;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using DigitML.Training.Benchmarking;
using DigitML.Training.Options;
using DigitML.Training.Terminals;

namespace DigitML.Training.Commands;

/// <summary><c>digitml bench train|predict|peak</c>: samples per second of a recipe's network, and the machine's arithmetic peak.</summary>
internal static class BenchCommand
{
    private const int Side = 28, Classes = 10, DefaultBatchSize = 64;
    private const double DefaultSeconds = 5;

    private delegate double Benchmark(IDevice device, Network network, int batchSize, double seconds, CancellationToken cancellation);

    internal static Command Create(Terminal terminal, OpenDevice openDevice) =>
        new Command("bench", "Measures how fast this machine trains and predicts, on random images.")
        {
            CreateStep("train", "Training steps: forward, loss, backward, Adam.", StepBenchmark.Train, terminal, openDevice),
            CreateStep("predict", "Prediction of a batch.", StepBenchmark.Predict, terminal, openDevice),
            CreatePeak(terminal),
        }.WithExamples("""
            digitml bench train --recipe keras-cnn
            digitml bench predict --recipe compact --batch-size 1 --threads 1
            digitml bench train --recipe compact-9768 --threads 2 --seconds 10 --json
            digitml bench peak
            """);

    private static Command CreateStep(string name, string description, Benchmark benchmark, Terminal terminal, OpenDevice openDevice)
    {
        var recipe = new Option<string>("--recipe")
        {
            HelpName = "NAME|FILE",
            Description = "The recipe whose network is measured, on 28x28 images in 10 classes.",
            DefaultValueFactory = _ => RecipeCatalog.DefaultName,
        };
        Option<int?> batchSize = NumberOption.Whole("--batch-size", $"Images per batch. [default: {DefaultBatchSize}]", min: 1);
        Option<int?> threads = NumberOption.Whole("--threads", "Number of threads. [default: one per processor]", min: 1);
        Option<int?> vectorBits = NumberOption.OneOf("--vector-bits", "Bits per SIMD vector. [default: the widest vectors of this machine]", 128, 256, 512);
        Option<string> numericMode = NumericModeOption.Create();
        Option<float?> seconds = NumberOption.Positive("--seconds", $"Seconds to measure for, after three warm-up steps. [default: {DefaultSeconds}]");
        Option<bool> json = FileOption.Json();
        var command = new Command(name, description) { recipe, batchSize, threads, vectorBits, numericMode, seconds, json };
        command.SetAction(parsed =>
        {
            var request = new DeviceRequest("cpu", parsed.GetValue(threads) ?? 0, parsed.GetValue(vectorBits) ?? 0, NumericModeOption.Read(parsed, numericMode));
            Network network = RecipeCatalog.Get(parsed.GetValue(recipe)!).BuildNetwork(Side, Side, Classes);
            int batch = parsed.GetValue(batchSize) ?? DefaultBatchSize;
            using IDevice device = openDevice(request);
            double rate = benchmark(device, network, batch, parsed.GetValue(seconds) ?? DefaultSeconds, terminal.Cancellation);
            DeviceInfo info = DeviceInfo.Of(device, request);
            if (parsed.GetValue(json))
            {
                terminal.WriteJsonLine(new StepSpeed(Math.Round(rate, 1), info.Threads, batch, network.Name, info.VectorBits, NumericModeOption.Name(request.Mode)));
            }
            else
            {
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{network.Name}: {rate:N0} samples/s (batch {batch}, {DisplayText.Count(info.Threads, "thread")}, {info.VectorBits}-bit vectors, {NumericModeOption.Name(request.Mode)})"));
            }
        });
        return command.WithExamples($"digitml bench {name} --recipe keras-cnn --threads 2 --json");
    }

    private static Command CreatePeak(Terminal terminal)
    {
        Option<int?> threads = NumberOption.Whole("--threads", "Number of threads for the second figure. [default: one per processor]", min: 1);
        Option<bool> json = FileOption.Json();
        var command = new Command("peak", "The machine's multiply-add peak in GFLOP/s, on one thread and on all.") { threads, json };
        command.SetAction(parsed =>
        {
            int count = parsed.GetValue(threads) ?? Environment.ProcessorCount;
            double one = Math.Round(FmaPeak.Measure(threads: 1), 1), all = count == 1 ? one : Math.Round(FmaPeak.Measure(count), 1);
            if (parsed.GetValue(json))
            {
                terminal.WriteJsonLine(new PeakSpeed(one, all, count, CpuDevice.NativeVectorBits));
            }
            else
            {
                terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"multiply-add peak with {CpuDevice.NativeVectorBits}-bit vectors: {one:N1} GFLOP/s on 1 thread, {all:N1} on {count}"));
            }
        });
        return command.WithExamples("digitml bench peak --json");
    }

    private sealed record StepSpeed(double SamplesPerSecond, int Threads, int BatchSize, string Recipe, int VectorBits, string NumericMode);

    private sealed record PeakSpeed(double OneThreadGflops, double AllThreadsGflops, int Threads, int VectorBits);
}
