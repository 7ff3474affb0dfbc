using System.Diagnostics;
using System.Globalization;
using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Benchmarks;

/// <summary>
/// One classifier used by many threads at once: every answer is compared with that of a single thread; allocated bytes and memory are reported. Writes
/// <c>results/{cpu}/many-threads</c>.
/// </summary>
internal static class ManyThreads
{
    private const int WarmUpShare = 5;

    internal static void Run(Options options)
    {
        int threads = options.Number("--threads", 64), each = options.Number("--predictions", 100_000);
        DigitDataset digits = DigitFiles.Read(Path.Combine(ResultFiles.Project, "..", "data", "mnist-test.csv.gz"));
        DigitClassifier classifier = DigitClassifier.Default;
        int[] expected = [.. Enumerable.Range(0, digits.Count).Select(row => classifier.Predict(digits.Image(row)).Key)];

        // All threads predict for a while before anything is counted, so that all buffers that will ever be needed exist.
        long wrong = 0;
        using var warm = new Barrier(threads + 1);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() => Work(thread)))];
        foreach (Thread worker in workers) worker.Start();
        warm.SignalAndWait();
        (long allocated, double megabytes) = (GC.GetTotalAllocatedBytes(precise: true), Megabytes());
        var watch = Stopwatch.StartNew();
        warm.SignalAndWait();
        foreach (Thread worker in workers) worker.Join();
        double seconds = watch.Elapsed.TotalSeconds;
        var result = new
        {
            Threads = threads,
            PredictionsEach = each,
            Wrong = wrong,
            BytesAllocated = GC.GetTotalAllocatedBytes(precise: true) - allocated,
            MegabytesBefore = Math.Round(megabytes, 1),
            MegabytesAfter = Math.Round(Megabytes(), 1),
            Seconds = Math.Round(seconds, 1),
        };
        Console.WriteLine(ResultFiles.Write("many-threads", result, string.Create(CultureInfo.InvariantCulture, $"""
            | one classifier, {threads} threads x {each:N0} predictions | |
            |---|---:|
            | answers that differ from those of one thread | {result.Wrong} |
            | allocated in total | {result.BytesAllocated:N0} bytes |
            | memory before, after | {result.MegabytesBefore:0} MB, {result.MegabytesAfter:0} MB |
            | predictions per second | {(double)threads * each / seconds:N0} |

            """)));

        void Work(int thread)
        {
            var scores = new float[classifier.ClassCount];
            Predict(each / WarmUpShare);
            warm.SignalAndWait();
            warm.SignalAndWait();
            Predict(each);

            void Predict(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    int row = (thread * 997 + i) % digits.Count;
                    if (classifier.Predict(digits.Image(row), scores).Key != expected[row]) Interlocked.Increment(ref wrong);
                }
            }
        }
    }

    private static double Megabytes()
    {
        using Process process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1e6;
    }
}
