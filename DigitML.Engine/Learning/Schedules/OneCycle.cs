using System.Text.Json.Serialization;

namespace DigitML.Engine.Learning;

/// <summary>
/// Rises step by step to a peak, then falls to almost nothing. Smith and Topin 2018, with the steps of PyTorch's OneCycleLR: the peak is at
/// step rising · steps − 1, the end at the last step.
/// </summary>
/// <param name="PeakRate">The highest learning rate.</param>
/// <param name="StartFraction">The first rate as a share of the peak (PyTorch's 1 / div_factor).</param>
/// <param name="EndFraction">The last rate as a share of the peak (PyTorch's 1 / (div_factor · final_div_factor)).</param>
/// <param name="Rising">Share of the steps until the peak, between 0 and 1 (PyTorch's pct_start).</param>
/// <param name="Curve">Shape of the curve from one rate to the next.</param>
public sealed record OneCycle(
    float PeakRate, float StartFraction = 0.04f, float EndFraction = 4e-6f, float Rising = 0.3f, OneCycleCurve Curve = OneCycleCurve.Cosine)
    : LearningRateSchedule
{
    /// <inheritdoc/>
    public override float RateAt(StepPosition position, IReadOnlyList<EpochReport> history)
    {
        double peakStep = Math.Max((double)Rising * position.Total - 1, 0), lastStep = position.Total - 1;
        double rate = position.Index < peakStep
            ? Between(StartFraction, 1, position.Index / peakStep)
            : Between(1, EndFraction, lastStep > peakStep ? (position.Index - peakStep) / (lastStep - peakStep) : 0);
        return (float)(PeakRate * rate);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        CheckRate("peakRate", PeakRate);
        CheckShare("startFraction", StartFraction);
        CheckShare("endFraction", EndFraction);
        CheckFactor("rising", Rising);
    }

    private double Between(double from, double to, double t) =>
        Curve == OneCycleCurve.Linear ? from + (to - from) * t : to + (from - to) / 2 * (1 + Math.Cos(Math.PI * t));

    private static void CheckShare(string name, float share)
    {
        if (share is not (> 0 and <= 1))
        {
            throw new DigitMLException($"learningRate.{name} is {share:R}; it must be a share of the peak, greater than 0 and at most 1.");
        }
    }
}

/// <summary>The shape of the curve of <see cref="OneCycle"/> from one rate to the next.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OneCycleCurve>))]
public enum OneCycleCurve
{
    /// <summary>Half a cosine.</summary>
    [JsonStringEnumMemberName("cosine")]
    Cosine,

    /// <summary>A straight line.</summary>
    [JsonStringEnumMemberName("linear")]
    Linear,
}
