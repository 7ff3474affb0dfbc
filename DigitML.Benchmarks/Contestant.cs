using System.Globalization;
using System.Text.Json.Nodes;
using DigitML.Engine;

namespace DigitML.Benchmarks;

/// <summary>One side of a comparison: a program that does some work for a few seconds and prints JSON with the figure to compare.</summary>
/// <param name="Name">Its name in tables; null if the program's answer gives it, as "peer".</param>
/// <param name="Command">The program and its arguments.</param>
internal sealed record Contestant(string? Name, params string[] Command)
{
    private const string LogScores = "logScores";
    private const double Tolerance = 1e-4;

    /// <summary>The property of the answer that has the figure.</summary>
    internal string Figure { get; init; } = "samplesPerSecond";

    /// <summary>Factor that converts the figure to the unit of the comparison.</summary>
    internal double Factor { get; init; } = 1;

    /// <summary>DigitML's log-scores of the images that the program scores before it measures; null if it scores none.</summary>
    internal float[]? ExpectedLogScores { get; init; }

    /// <summary>Training steps or predictions in DigitML.</summary>
    internal static Contestant DigitML(string name, Work work, int vectorBits = 0) => new(
        name, ["dotnet", ChildProcess.Console, "bench", .. work.Arguments, .. vectorBits == 0 ? [] : (string[])["--vector-bits", Text(vectorBits)], "--json"]);

    /// <summary>The multiply-add peak on all threads.</summary>
    internal static Contestant Peak(int threads) => new("multiply-add peak", "dotnet", ChildProcess.Console, "bench", "peak", "--threads", Text(threads), "--json")
    {
        Figure = "allThreadsGflops",
    };

    /// <summary>Runs the program once. Of the scores in its answer only their largest difference from DigitML's is kept.</summary>
    /// <exception cref="DigitMLException">The program failed, or its scores are not DigitML's.</exception>
    internal JsonObject Run()
    {
        JsonObject answer = JsonObject.Create(ChildProcess.Run(Command[0], Command[1..]))!;
        if (ExpectedLogScores is null) return answer;
        float[] scores = [.. answer[LogScores]!.AsArray().Select(score => score!.GetValue<float>())];
        double difference = scores.Length == ExpectedLogScores.Length ? scores.Zip(ExpectedLogScores, (score, expected) => Math.Abs((double)score - expected)).Max() : double.NaN;
        if (!(difference <= Tolerance))
        {
            throw new DigitMLException(string.Create(CultureInfo.InvariantCulture,
                $"{NameIn(answer)} computes something else: with the same weights its log-scores differ by {difference:g3} from DigitML's; the limit is {Tolerance:g1}."));
        }

        answer.Remove(LogScores);
        answer["logScoreDifference"] = difference;
        return answer;
    }

    /// <summary>The figure in an answer.</summary>
    internal double FigureIn(JsonObject answer) => answer[Figure]!.GetValue<double>() * Factor;

    /// <summary>The contestant's name in tables, which its answer may give.</summary>
    internal string NameIn(JsonObject answer) => Name ?? answer["peer"]!.GetValue<string>();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
