namespace DigitML.Engine.Cpu;

/// <summary>How convolutions are computed: fewer multiplications mean larger rounding errors.</summary>
public enum NumericMode
{
    /// <summary>Directly by the formula: relative errors of about 1e-7.</summary>
    Exact,

    /// <summary>Winograd minimal filtering with tiles of 2 to 6 outputs per side forward (relative errors below 3e-6) and of up to 7 for gradients (below 4e-5). The default.</summary>
    Balanced,

    /// <summary>Winograd minimal filtering with tiles of up to 7 outputs per side forward and for gradients (relative errors below 4e-5).</summary>
    Fast,
}
