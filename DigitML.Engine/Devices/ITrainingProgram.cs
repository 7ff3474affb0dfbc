namespace DigitML.Engine.Devices;

/// <summary>
/// A network compiled for training: one <see cref="Forward"/>, <see cref="Loss"/>, <see cref="Backward"/>, <see cref="Step"/> per minibatch, in this order.
/// For a given seed the results are the same bytes at any number of threads. Used by one thread at a time.
/// </summary>
public interface ITrainingProgram : IDisposable
{
    /// <summary>Runs the network on a minibatch, with dropout and the statistics of the minibatch.</summary>
    void Forward(Minibatch minibatch);

    /// <summary>Softmax cross-entropy of the last forward pass, and the gradient of its mean with respect to the logits.</summary>
    MinibatchLoss Loss();

    /// <summary>Computes the gradients of all parameters from the last loss.</summary>
    void Backward();

    /// <summary>Lets the optimizer update the parameters with the last gradients, and updates the averaged weights if those are kept.</summary>
    void Step(float learningRate);

    /// <summary>Loads weights, optimizer slots and step number.</summary>
    void Load(TrainingState state);

    /// <summary>Writes weights, optimizer slots and step number into a state made by <see cref="TrainingState(Networks.Network, TrainingProgramOptions)"/>.</summary>
    void Save(TrainingState state);
}

/// <summary>Loss of one minibatch.</summary>
/// <param name="Mean">Mean cross-entropy over the samples.</param>
/// <param name="CorrectCount">Number of samples whose largest logit is that of their label (on a tie, the lower index counts).</param>
public readonly record struct MinibatchLoss(double Mean, int CorrectCount);
