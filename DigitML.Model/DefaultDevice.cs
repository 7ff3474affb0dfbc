using DigitML.Engine.Devices;
using DigitML.Engine.Reference;

namespace DigitML.Model;

/// <summary>The device of a classifier that was given none.</summary>
internal static class DefaultDevice
{
    internal static IDevice Create() => new ReferenceDevice();
}
