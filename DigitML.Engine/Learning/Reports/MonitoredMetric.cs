using System.Text.Json.Serialization;

namespace DigitML.Engine.Learning;

/// <summary>A metric of an <see cref="EpochReport"/> that can be monitored, named as in Keras's logs.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MonitoredMetric>))]
public enum MonitoredMetric
{
    /// <summary>Loss on the validation rows; lower is better.</summary>
    [JsonStringEnumMemberName("valLoss")]
    ValLoss,

    /// <summary>Accuracy on the validation rows; higher is better.</summary>
    [JsonStringEnumMemberName("valAccuracy")]
    ValAccuracy,

    /// <summary>Loss on the training rows; lower is better.</summary>
    [JsonStringEnumMemberName("loss")]
    Loss,

    /// <summary>Accuracy on the training rows; higher is better.</summary>
    [JsonStringEnumMemberName("accuracy")]
    Accuracy,
}

/// <summary>How each <see cref="MonitoredMetric"/> is read and compared.</summary>
internal static class MonitoredMetrics
{
    /// <summary>True if the metric needs validation rows.</summary>
    internal static bool NeedsValidation(this MonitoredMetric metric) => metric is MonitoredMetric.ValLoss or MonitoredMetric.ValAccuracy;

    /// <summary>The metric of an epoch, null if it was not measured.</summary>
    internal static double? Of(this MonitoredMetric metric, EpochReport report) => metric switch
    {
        MonitoredMetric.ValLoss => report.ValidationLoss,
        MonitoredMetric.ValAccuracy => report.ValidationAccuracy,
        MonitoredMetric.Loss => report.TrainingLoss,
        _ => report.TrainingAccuracy,
    };

    /// <summary>True if <paramref name="value"/> is better than <paramref name="best"/> by more than <paramref name="minDelta"/>; any value
    /// is better than none.</summary>
    internal static bool IsImprovement(this MonitoredMetric metric, double value, double? best, double minDelta) =>
        best is null || (metric is MonitoredMetric.ValLoss or MonitoredMetric.Loss ? value < best - minDelta : value > best + minDelta);
}
