using DigitML.Engine.Devices;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Parity;

/// <summary>What a device makes of a case, read through the device door alone.</summary>
internal static class DeviceRun
{
    /// <summary>Trains on the minibatches of a case, one step each, and returns the losses and the state after the last.</summary>
    internal static (MinibatchLoss[] Losses, TrainingState State) Train(IDevice device, ParityCase parity, Optimizer optimizer,
        float learningRate, float? averagingDecay = null)
    {
        var options = new TrainingProgramOptions(parity.Capacity, optimizer, Seed: 77, averagingDecay);
        var state = new TrainingState(parity.Network, options) { Step = 3 };
        state.Weights.CopyFrom(parity.Weights);
        state.AveragedWeights?.CopyFrom(state.Weights);
        using ITrainingProgram program = device.CompileTraining(parity.Network, options);
        program.Load(state);
        var losses = new List<MinibatchLoss>();
        foreach (Minibatch minibatch in parity.MakeMinibatches())
        {
            program.Forward(minibatch);
            losses.Add(program.Loss());
            program.Backward();
            program.Step(learningRate);
        }

        program.Save(state);
        return ([.. losses], state);
    }

    /// <summary>The gradients of the first minibatch: after one step from rest the velocity of momentum is the gradient.</summary>
    internal static (MinibatchLoss Loss, NetworkWeights Gradients, NetworkWeights Weights) Gradients(IDevice device, ParityCase parity)
    {
        var (losses, state) = Train(device, parity with { Counts = [parity.Counts[0]] }, new Sgd(Momentum: 0.5f), learningRate: 0);
        return (losses[0], state.OptimizerSlots[0], state.Weights);
    }

    /// <summary>The scores of a number of images.</summary>
    internal static float[] Predict(IDevice device, ParityCase parity, int count)
    {
        using IInferenceProgram program = device.CompileInference(parity.Weights);
        var scores = new float[count * parity.Network.ClassCount];
        program.Predict(parity.MakeImages(count), count, scores);
        return scores;
    }
}
