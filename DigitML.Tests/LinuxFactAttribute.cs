using System.Runtime.CompilerServices;

namespace DigitML.Tests;

/// <summary>A test that needs something that only Linux has; elsewhere it is reported as skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute(string reason, [CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!OperatingSystem.IsLinux()) Skip = $"Needs Linux: {reason}.";
    }
}
