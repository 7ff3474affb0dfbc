using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Intrinsics;
using DigitML.Engine.Cpu.Inference;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Threading;
using DigitML.Engine.Cpu.Training;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu;

/// <summary>Runs networks on the processor with vector instructions. Results depend on the vector width but not on the number of threads.</summary>
public sealed class CpuDevice : IDevice
{
    private readonly WorkerTeam team;
    private bool isDisposed;

    /// <summary>Starts the device's threads.</summary>
    /// <param name="threads">Number of threads, including the calling one; 0 for one per processor.</param>
    /// <param name="vectorBits">512, 256 or 128; 0 for the widest that the processor supports natively.</param>
    /// <param name="mode">How convolutions are computed.</param>
    /// <exception cref="DigitMLException">The number of threads or of bits is not one of these.</exception>
    public CpuDevice(int threads = 0, int vectorBits = 0, NumericMode mode = NumericMode.Balanced)
    {
        Mode = mode;
        if (threads is < 0 or > 1024) throw new DigitMLException($"The CPU device cannot run {threads} threads; give 1 to 1024, or 0 for one per processor.");
        if (vectorBits is not (0 or 128 or 256 or 512)) throw new DigitMLException($"The CPU device has no vectors of {vectorBits} bits; give 512, 256, 128, or 0 for the widest.");
        VectorBits = vectorBits == 0 ? NativeVectorBits : vectorBits;
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        team = new WorkerTeam(Threads);
    }

    /// <summary>The widest vectors that this processor supports natively, in bits.</summary>
    public static int NativeVectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Number of threads, including the calling one.</summary>
    public int Threads { get; }

    /// <summary>How convolutions are computed.</summary>
    public NumericMode Mode { get; }

    /// <summary>Width of the vectors in use, in bits.</summary>
    public int VectorBits { get; }

    private WinogradLimits Limits => Mode switch
    {
        NumericMode.Exact => WinogradLimits.None,
        NumericMode.Balanced => WinogradLimits.Balanced,
        _ => WinogradLimits.All,
    };

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public string Description => string.Create(
        CultureInfo.InvariantCulture, $"CPU, {Threads} thread{(Threads == 1 ? "" : "s")}, {VectorBits}-bit vectors, numeric mode {Mode.ToString().ToLowerInvariant()}");

    /// <inheritdoc/>
    public string Arithmetic => string.Create(CultureInfo.InvariantCulture, $"cpu-{VectorBits}-{Mode.ToString().ToLowerInvariant()}");

    /// <summary>The algorithms that train the convolutions of a network on this device.</summary>
    public ImmutableArray<ConvolutionAlgorithm> DescribeAlgorithms(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return ConvolutionAlgorithm.Of(network, Limits, VectorBits / 32);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    public ITrainingProgram CompileTraining(Network network, TrainingProgramOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return VectorBits switch
        {
            512 => new CpuTrainingProgram<Vector512<float>, Simd512>(network, options, team, Limits),
            256 => new CpuTrainingProgram<Vector256<float>, Simd256>(network, options, team, Limits),
            _ => new CpuTrainingProgram<Vector128<float>, Simd128>(network, options, team, Limits),
        };
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The device is disposed.</exception>
    public IInferenceProgram CompileInference(NetworkWeights weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return VectorBits switch
        {
            512 => new CpuInferenceProgram<Vector512<float>, Simd512>(weights, team, Limits),
            256 => new CpuInferenceProgram<Vector256<float>, Simd256>(weights, team, Limits),
            _ => new CpuInferenceProgram<Vector128<float>, Simd128>(weights, team, Limits),
        };
    }

    /// <summary>Ends the device's threads. Its programs can no longer run.</summary>
    public void Dispose()
    {
        isDisposed = true;
        team.Dispose();
    }
}
