namespace DigitML.Engine.Cpu;

/// <summary>How convolutions are computed: the fewer multiplications, the more rounding.</summary>
public enum NumericMode
{
    /// <summary>As the formula says: relative errors of about 1e-7.</summary>
    Exact,

    /// <summary>Minimal filtering with small tiles forward (errors below 3e-6) and large ones for gradients (below 4e-5). The default.</summary>
    Balanced,

    /// <summary>Minimal filtering with large tiles both ways.</summary>
    Fast,
}
