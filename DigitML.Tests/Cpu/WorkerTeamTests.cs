using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu;
using DigitML.Engine.Cpu.Threading;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Cpu;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(65_535, 2)]
    [InlineData(65_536, 2)]
    [InlineData(70_000, 3)]
    [InlineData(1_000_000, 7)]
    public void Every_part_is_done_once(int parts, int threads)
    {
        using var team = new WorkerTeam(threads);
        var done = new int[parts];
        var run = new Thread(() => team.Run(parts, part => Interlocked.Increment(ref done[part]))) { IsBackground = true };
        run.Start();

        Assert.True(run.Join(TimeSpan.FromSeconds(60)), "the run hangs");
        Assert.All(done, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Many_runs_after_each_other_do_every_part_once()
    {
        using var team = new WorkerTeam(4);
        for (int run = 0; run < 5_000; run++)
        {
            int parts = 2 + run % 7, sum = 0;
            team.Run(parts, part => Interlocked.Add(ref sum, part + 1));
            Assert.Equal(parts * (parts + 1) / 2, sum);
        }
    }

    [Fact]
    public void A_failing_part_is_reported_and_the_team_works_on()
    {
        using var team = new WorkerTeam(2);
        Assert.Throws<FormatException>(() => team.Run(100, part =>
        {
            if (part == 50) throw new FormatException();
        }));
        int done = 0;
        team.Run(100, _ => Interlocked.Increment(ref done));
        Assert.Equal(100, done);
    }

    [Fact]
    public void The_threads_of_a_device_that_nobody_disposes_end_when_nothing_refers_to_it()
    {
        WeakReference[] devices = [.. Enumerable.Range(0, 3).Select(_ => TrainAndPredictWithoutDisposing())];

        // A thread that waits for work may hold what it did last in a register until it goes to sleep.
        for (int i = 0; i < 100 && devices.Any(device => device.IsAlive); i++)
        {
            Thread.Sleep(10);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.DoesNotContain(devices, device => device.IsAlive);
    }

    [Fact]
    public void The_threads_of_a_team_that_nobody_disposes_end()
    {
        Thread[] threads = RunWithoutDisposing();
        for (int i = 0; i < 100 && threads.Any(thread => thread.IsAlive); i++)
        {
            Thread.Sleep(10);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.DoesNotContain(threads, thread => thread.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Thread[] RunWithoutDisposing()
    {
        var team = new WorkerTeam(3);
        var threads = new HashSet<Thread>();

        // Parts long enough for every thread to take one.
        for (int i = 0; i < 100 && threads.Count < 2; i++)
        {
            team.Run(3, part =>
            {
                GC.KeepAlive(team); // as the programs of a device do
                Thread.Sleep(20);
                if (Thread.CurrentThread.Name?.StartsWith("DigitML worker", StringComparison.Ordinal) != true) return;
                lock (threads) threads.Add(Thread.CurrentThread);
            });
        }

        Assert.Equal(2, threads.Count);
        return [.. threads];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference TrainAndPredictWithoutDisposing()
    {
        var device = new CpuDevice(threads: 2);
        var network = new Network("test", Shape.Image(8, 8, 1), [new Conv2D(8, 3), new ReLU(), new Flatten(), new Dense(10)]);
        var options = new TrainingProgramOptions(32, new Sgd(), Seed: 1);
        ITrainingProgram training = device.CompileTraining(network, options);
        training.Forward(new Minibatch(32, network.InputShape, 10) { Count = 32 });
        training.Loss();
        training.Backward();
        training.Step(0.1f);
        IInferenceProgram inference = device.CompileInference(new NetworkWeights(network));
        inference.Predict(new float[32 * 64], 32, new float[320]);
        return new WeakReference(device);
    }
}
