using System.Diagnostics;
using System.Runtime.CompilerServices;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Tests.Images;

namespace DigitML.Tests.Model;

/// <summary>What is left of a classifier that is disposed, or dropped without it.</summary>
public class DigitClassifierLifetimeTests
{
    private static readonly DigitModel Model = new(
        TestModels.Weights(TestModels.Everything, 1), new LabelMap(["null", "eins", "zwei", "drei"]), TestModels.Normalization);

    [Fact]
    public void After_Dispose_a_prediction_says_so_and_another_Dispose_does_nothing()
    {
        var classifier = new DigitClassifier(Model);
        classifier.Dispose();
        classifier.Dispose();
        var scores = new float[4];
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(new byte[182]));
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(new float[182]));
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(new byte[182], scores));
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(new float[182], scores));
        Assert.Throws<ObjectDisposedException>(() => classifier.Predict(TestPictures.Stroke(90, 120, inverted: true)));
        Assert.Throws<ObjectDisposedException>(() => classifier.PredictBatch(new byte[182], 1, scores));
        Assert.Throws<ObjectDisposedException>(() => classifier.PredictBatch(new float[182], 1, scores));
    }

    [Fact]
    public void A_classifier_that_is_dropped_without_Dispose_leaves_no_threads()
    {
        const int Count = 40, Threads = 3;
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference[] Drop() => [.. Enumerable.Range(0, Count).Select(_ =>
        {
            var classifier = new DigitClassifier(Model, new DigitClassifierOptions { Threads = Threads });
            classifier.Predict(new byte[182]);
            return new WeakReference(classifier);
        })];
        int before = Process.GetCurrentProcess().Threads.Count;
        WeakReference[] dropped = Drop();
        Assert.True(SpinWait.SpinUntil(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(50);
            return !dropped.Any(classifier => classifier.IsAlive) && Process.GetCurrentProcess().Threads.Count < before + Count;
        }, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_classifier_that_is_dropped_without_Dispose_is_collected()
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference[] Drop() => [.. Enumerable.Range(0, 4).Select(_ =>
        {
            DigitClassifier classifier = DigitClassifier.Load(new MemoryStream(TestModels.Bytes(Model)), new DigitClassifierOptions { Threads = 2 });
            classifier.Predict(new byte[182]);
            return new WeakReference(classifier);
        })];
        WeakReference[] dropped = Drop();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(dropped, classifier => classifier.IsAlive);
    }
}
