using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>Runs networks with the plain loops of the reference: slow, in double precision, the specification that other devices are
/// compared with.</summary>
internal sealed class ReferenceDevice : IDevice
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public string Description => "plain loops in double precision, one thread";

    /// <inheritdoc/>
    public string Arithmetic => "reference";

    /// <inheritdoc/>
    public ITrainingProgram CompileTraining(Network network, TrainingProgramOptions options) => new ReferenceTrainingProgram(network, options);

    /// <inheritdoc/>
    public IInferenceProgram CompileInference(NetworkWeights weights) => new ReferenceInferenceProgram(weights);

    /// <inheritdoc/>
    public void Dispose() { }
}
