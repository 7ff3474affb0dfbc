namespace DigitML.Engine.Cpu;

/// <summary>How convolutions are computed: the fewer multiplications, the more rounding.</summary>
public enum NumericMode
{
    /// <summary>As the formula says: relative errors of about 1e-7.</summary>
    Exact,

    /// <summary>Minimal filtering with tiles of 2 to 6 outputs a side forward (relative errors below 3e-6) and of up to 7 for gradients (below 4e-5). The default.</summary>
    Balanced,

    /// <summary>Minimal filtering with tiles of up to 7 outputs a side both ways (below 4e-5).</summary>
    Fast,
}
