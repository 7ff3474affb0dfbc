using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;

namespace DigitML.Experiments.Devices;

/// <summary>The device that the user requests.</summary>
/// <param name="Name">"auto", "cpu" or "cuda".</param>
/// <param name="Threads">Number of threads; 0 for one per processor.</param>
/// <param name="VectorBits">Vector width in bits: 512, 256 or 128; 0 for the widest available.</param>
/// <param name="Mode">How convolutions are computed.</param>
public sealed record DeviceRequest(string Name = "auto", int Threads = 0, int VectorBits = 0, NumericMode Mode = NumericMode.Balanced)
{
    /// <summary>Opens the device.</summary>
    /// <exception cref="DigitMLException">The device is not available.</exception>
    public IDevice Open()
    {
        if (Name == "cuda") throw new DigitMLException("CUDA is not part of this build; omit --device or use --device cpu.");
        return new CpuDevice(Threads, VectorBits, Mode);
    }
}

/// <summary>Opens the device for a request: <see cref="DeviceRequest.Open"/>, or a test's replacement.</summary>
internal delegate IDevice OpenDevice(DeviceRequest request);
