using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;

namespace DigitML.Model;

/// <summary>The device of a classifier that was given none.</summary>
internal static class DefaultDevice
{
    internal static IDevice Create() => new CpuDevice();
}
