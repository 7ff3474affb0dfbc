using DigitML.Engine.Networks;

namespace DigitML.Engine.Devices;

/// <summary>Runs networks: compiles a network into programs that own their buffers.</summary>
public interface IDevice : IDisposable
{
    /// <summary>Its short name: "cpu".</summary>
    string Name { get; }

    /// <summary>Human-readable description: processor, vector width, threads.</summary>
    string Description { get; }

    /// <summary>Everything that determines how its results are rounded, as one name: "cpu-512-balanced". Two devices with the same arithmetic give the same bytes; a training run
    /// can be resumed only on a device with the arithmetic it started with.</summary>
    string Arithmetic { get; }

    /// <summary>Compiles a network for training. Weights are loaded through <see cref="ITrainingProgram.Load"/>.</summary>
    ITrainingProgram CompileTraining(Network network, TrainingProgramOptions options);

    /// <summary>Compiles a network for prediction with the given weights.</summary>
    IInferenceProgram CompileInference(NetworkWeights weights);
}
