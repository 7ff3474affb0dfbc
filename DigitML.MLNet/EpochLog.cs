using System.Globalization;
using System.Reflection;
using DigitML.Engine.Learning;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace DigitML.MLNet;

/// <summary>Writes a line per epoch to the log of the <see cref="MLContext"/> that a trainer belongs to.</summary>
/// <param name="channel">The log.</param>
/// <param name="network">Prefix of the line: which of several networks; empty for one.</param>
internal sealed class EpochLog(IChannel channel, string network) : ITrainingObserver
{
    private int epochs;

    public void TrainingStarted(TrainingOutline outline) => epochs = outline.Plan.Epochs;

    public void EpochEnded(EpochReport report, Checkpoint checkpoint) => channel.Info(MessageSensitivity.None, Line(report));

    /// <summary>The environment of a catalog, for its log; null if this version of ML.NET keeps it elsewhere.</summary>
    internal static IHostEnvironment? EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase trainers)
    {
        // No public member leads from a catalog to its context.
        MethodInfo? get = typeof(MLContext).Assembly.GetType("Microsoft.ML.Data.CatalogUtils")
            ?.GetMethod("GetEnvironment", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(TrainCatalogBase.CatalogInstantiatorBase)]);
        return get?.Invoke(null, [trainers]) as IHostEnvironment;
    }

    private string Line(EpochReport report)
    {
        string validation = report is { ValidationLoss: { } loss, ValidationAccuracy: { } accuracy }
            ? string.Create(CultureInfo.InvariantCulture, $", validation loss {loss:0.0000}, validation accuracy {accuracy:0.0000}")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{network}epoch {report.Epoch}/{epochs}: loss {report.TrainingLoss:0.0000}, accuracy {report.TrainingAccuracy:0.0000}{validation}");
    }
}
