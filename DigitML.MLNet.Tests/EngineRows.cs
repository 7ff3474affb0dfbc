using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

/// <summary>What a prediction engine takes: a digit.</summary>
internal sealed class Input
{
    public string Label { get; set; } = "";

    [VectorType(784)]
    public byte[] Pixels { get; set; } = [];
}

/// <summary>What it gives.</summary>
internal sealed class Output
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
