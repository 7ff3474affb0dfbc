using DigitML.Engine.Networks;

namespace DigitML.Engine.Devices;

/// <summary>Something that runs networks: it compiles a network into programs that own their buffers.</summary>
public interface IDevice : IDisposable
{
    /// <summary>Its short name: "cpu".</summary>
    string Name { get; }

    /// <summary>Description for people: processor, vector width, threads.</summary>
    string Description { get; }

    /// <summary>Everything that decides how its results are rounded, as one name: "cpu-512-balanced". Two devices with the same arithmetic give the same bytes; a training run is
    /// resumed only on a device with that of its start.</summary>
    string Arithmetic { get; }

    /// <summary>Compiles training steps. Weights are loaded through <see cref="ITrainingProgram.Load"/>.</summary>
    ITrainingProgram CompileTraining(Network network, TrainingProgramOptions options);

    /// <summary>Compiles prediction with the given weights.</summary>
    IInferenceProgram CompileInference(NetworkWeights weights);
}
