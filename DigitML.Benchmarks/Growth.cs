using System.Globalization;
using System.Text;
using DigitML.Benchmarks.Charts;
using DigitML.Engine.Cpu;
using DigitML.Engine.Networks;
using DigitML.Training.Benchmarking;

namespace DigitML.Benchmarks;

/// <summary>
/// How the cost of training grows with minibatch, image size and channels: microseconds per sample of a network of two 3x3 convolutions, on one thread and on all,
/// compared with the growth of the arithmetic alone. Writes <c>results/{cpu}/growth</c> as JSON, Markdown and a chart.
/// </summary>
internal static class Growth
{
    private const int Classes = 10;

    private static readonly Setting Usual = new(BatchSize: 64, Side: 28, Channels: 32);

    private static readonly Question[] Questions =
    [
        new("minibatch", [1, 4, 16, 64, 256], Usual.BatchSize, value => Usual with { BatchSize = value }),
        new("image side", [14, 28, 56, 112], Usual.Side, value => Usual with { Side = value }),
        new("channels", [8, 16, 32, 64, 128], Usual.Channels, value => Usual with { Channels = value }),
    ];

    internal static void Run(Options options)
    {
        double seconds = options.Number("--milliseconds", 500) / 1000.0;
        int[] threads = [.. new[] { 1, options.Number("--threads", Environment.ProcessorCount) }.Distinct()];
        foreach (int count in threads) Measure(Questions[0], count, seconds: 0.05); // lets the JIT finish
        Answer[] answers = [.. Questions.Select(question => new Answer(
            question.Name, question.Values, Array.IndexOf(question.Values, question.DefaultValue), [.. threads.Select(count => Measure(question, count, seconds))],
            [.. question.Values.Select(value => Operations(question.With(value)) / Operations(Usual))]))];
        string path = ResultFiles.Write("growth", new { Usual, NumericMode = NumericMode.Balanced.ToString(), Answers = answers }, Table(answers));
        File.WriteAllText(path + ".svg", LogLogChart.Draw("Training, microseconds per sample", [.. answers.Select(PanelOf)]));
        Console.WriteLine(path);
    }

    private static Times Measure(Question question, int threads, double seconds)
    {
        using var device = new CpuDevice(threads);
        var times = new List<double>();
        foreach (int value in question.Values)
        {
            Setting setting = question.With(value);
            times.Add(Math.Round(1e6 / StepBenchmark.Train(device, NetworkOf(setting), setting.BatchSize, seconds, CancellationToken.None), 2));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{question.Name} {value}, threads {threads}: {times[^1]:0.0} µs per sample"));
        }

        return new Times(threads, [.. times]);
    }

    private static Network NetworkOf(Setting setting) => new("growth", Shape.Image(setting.Side, setting.Side, 1),
    [
        new Conv2D(setting.Channels, 3, Padding.Same), new ReLU(), new Conv2D(setting.Channels, 3, Padding.Same), new ReLU(), new GlobalAveragePool2D(),
        new Dense(Classes),
    ]);

    private static double Operations(Setting setting) => Arithmetic.TrainingOperations(NetworkOf(setting));

    // The dashed line is the arithmetic of direct convolution, scaled to pass through the default setting at the highest thread count.
    private static Panel PanelOf(Answer answer)
    {
        double atDefault = answer.Microseconds[^1].Values[answer.DefaultIndex];
        return new Panel(answer.Name, [.. answer.Settings.Select(value => (double)value)],
        [
            .. answer.Microseconds.Select(times => new Line($"{times.Threads} {(times.Threads == 1 ? "thread" : "threads")}", times.Values)),
            new Line("arithmetic", [.. answer.Arithmetic.Select(share => share * atDefault)], IsDashed: true),
        ]);
    }

    private static string Table(Answer[] answers)
    {
        var text = new StringBuilder();
        foreach (Answer answer in answers)
        {
            AppendRow(text, answer.Name, answer.Settings.Select(value => value.ToString(CultureInfo.InvariantCulture)));
            AppendRow(text, "---", answer.Settings.Select(_ => "---:"));
            foreach (Times times in answer.Microseconds)
            {
                AppendRow(text, $"µs per sample, {times.Threads} {(times.Threads == 1 ? "thread" : "threads")}", times.Values.Select(Number));
            }

            AppendRow(text, "arithmetic relative to the default setting", answer.Arithmetic.Select(share => Number(share) + "x"));
            text.Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture,
            $"Two 3x3 convolutions, global average pooling, dense layer; default setting: minibatch {Usual.BatchSize}, {Usual.Side}x{Usual.Side}, {Usual.Channels} channels.\n").ToString();
    }

    private static void AppendRow(StringBuilder text, string head, IEnumerable<string> cells) => text.Append("| ").Append(head).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");

    private static string Number(double value) => value.ToString(value < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    private sealed record Setting(int BatchSize, int Side, int Channels);

    private sealed record Question(string Name, int[] Values, int DefaultValue, Func<int, Setting> With);

    private sealed record Times(int Threads, double[] Values);

    private sealed record Answer(string Name, int[] Settings, int DefaultIndex, Times[] Microseconds, double[] Arithmetic);
}
