using DigitML.Engine;
using DigitML.Engine.Cpu;
using DigitML.Engine.Devices;

namespace DigitML.Experiments.Devices;

/// <summary>Which device the user wants.</summary>
/// <param name="Name">"auto", "cpu" or "cuda".</param>
/// <param name="Threads">Threads to work with; 0 for all processors.</param>
/// <param name="VectorBits">Width of vectors: 512, 256 or 128; 0 for the widest there is.</param>
/// <param name="Mode">How convolutions are computed.</param>
public sealed record DeviceRequest(string Name = "auto", int Threads = 0, int VectorBits = 0, NumericMode Mode = NumericMode.Balanced)
{
    /// <summary>Opens the device.</summary>
    /// <exception cref="DigitMLException">It is not there.</exception>
    public IDevice Open()
    {
        if (Name == "cuda") throw new DigitMLException("CUDA is not part of this build; leave --device out or say --device cpu.");
        return new CpuDevice(Threads, VectorBits, Mode);
    }
}

/// <summary>Makes the device for a request: <see cref="DeviceRequest.Open"/>, or what a test puts in its place.</summary>
internal delegate IDevice OpenDevice(DeviceRequest request);
