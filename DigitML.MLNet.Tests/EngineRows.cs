using Microsoft.ML.Data;

namespace DigitML.MLNet.Tests;

/// <summary>Input of a prediction engine: a digit.</summary>
internal sealed class Input
{
    public string Label { get; set; } = "";

    [VectorType(784)]
    public byte[] Pixels { get; set; } = [];
}

/// <summary>Output of a prediction engine.</summary>
internal sealed class Output
{
    public string PredictedLabel { get; set; } = "";

    public float[] Score { get; set; } = [];
}
