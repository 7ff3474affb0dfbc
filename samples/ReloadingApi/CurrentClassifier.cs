using DigitML.Engine;
using DigitML.Model;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace ReloadingApi;

/// <summary>The classifier of a model file, reloaded when the file is replaced. If the new file cannot be read, the old classifier stays.</summary>
internal sealed partial class CurrentClassifier : IDisposable
{
    private readonly string path;
    private readonly ILogger<CurrentClassifier> logger;
    private readonly ReaderWriterLockSlim gate = new();
    private readonly PhysicalFileProvider folder;
    private readonly IDisposable watch;
    private DigitClassifier classifier;

    public CurrentClassifier(string path, ILogger<CurrentClassifier> logger)
    {
        (this.path, this.logger) = (Path.GetFullPath(path), logger);
        classifier = DigitClassifier.Load(this.path);
        folder = new PhysicalFileProvider(Path.GetDirectoryName(this.path)!);
        watch = ChangeToken.OnChange(() => folder.Watch(Path.GetFileName(this.path)), Reload);
    }

    /// <summary>Predicts with the current model, which is kept until the work is done.</summary>
    public T Use<T>(Func<DigitClassifier, T> work)
    {
        gate.EnterReadLock();
        try
        {
            return work(classifier);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Dispose()
    {
        watch.Dispose();
        folder.Dispose();
        classifier.Dispose();
        gate.Dispose();
    }

    private void Reload()
    {
        DigitClassifier loaded;
        try
        {
            loaded = DigitClassifier.Load(path);
        }
        catch (DigitMLException failure)
        {
            OldModelStays(logger, failure.Message);
            return;
        }

        gate.EnterWriteLock();
        (loaded, classifier) = (classifier, loaded);
        gate.ExitWriteLock();
        loaded.Dispose();
        ModelIsLoaded(logger, path);
    }

    [LoggerMessage(LogLevel.Warning, "Keeping the old model: {reason}")]
    private static partial void OldModelStays(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Loaded {path}")]
    private static partial void ModelIsLoaded(ILogger logger, string path);
}
