using DigitML.Engine.Devices;
using DigitML.Engine.Networks;

namespace DigitML.Tests.Learning;

/// <summary>A device that learns nothing: its losses and scores are given, and its first weight counts the steps. For the logic around the steps.</summary>
internal sealed class ScriptedDevice : IDevice
{
    /// <summary>The loss of a step, from 1.</summary>
    internal Func<long, double> Loss { get; init; } = step => 1.0 / step;

    /// <summary>The score of the true class (if that is class 0) after a number of steps.</summary>
    internal Func<double, float> Score { get; init; } = steps => 0.75f;

    /// <summary>The score of every other class; where not given, they share what is left.</summary>
    internal float? OtherScores { get; init; }

    internal List<string> Calls { get; } = [];

    internal List<float> LearningRates { get; } = [];

    internal int Open { get; private set; }

    public string Name => "scripted";

    public string Description => "scripted";

    public string Arithmetic => Name;

    public ITrainingProgram CompileTraining(Network network, TrainingProgramOptions options) => new Training(this, options);

    public IInferenceProgram CompileInference(NetworkWeights weights) => new Inference(this, weights.Network.ClassCount);

    public void Dispose() { }

    private sealed class Training : ITrainingProgram
    {
        private readonly ScriptedDevice device;
        private readonly TrainingProgramOptions options;
        private long step;

        internal Training(ScriptedDevice device, TrainingProgramOptions options)
        {
            this.device = device;
            this.options = options;
            device.Open++;
        }

        public void Forward(Minibatch minibatch) => device.Calls.Add($"Forward {minibatch.Count}");

        public MinibatchLoss Loss()
        {
            device.Calls.Add("Loss");
            return new MinibatchLoss(device.Loss(step + 1), 1);
        }

        public void Backward() => device.Calls.Add("Backward");

        public void Step(float learningRate)
        {
            device.Calls.Add("Step");
            device.LearningRates.Add(learningRate);
            step++;
        }

        public void Load(TrainingState state) => step = state.Step;

        public void Save(TrainingState state)
        {
            state.Step = step;
            state.Weights.Tensors[0].Values[0] = step;
            if (options.AveragingDecay is not null) state.AveragedWeights!.Tensors[0].Values[0] = step + 1000;
        }

        public void Dispose() => device.Open--;
    }

    private sealed class Inference : IInferenceProgram
    {
        private readonly ScriptedDevice device;
        private readonly int classes;
        private float score;

        internal Inference(ScriptedDevice device, int classes)
        {
            this.device = device;
            this.classes = classes;
            device.Open++;
            device.Calls.Add("CompileInference");
        }

        public void Load(NetworkWeights weights)
        {
            device.Calls.Add($"Validate {weights.Tensors[0].Values[0]}");
            score = device.Score(weights.Tensors[0].Values[0]);
        }

        public void Predict(ReadOnlySpan<float> images, int count, Span<float> scores)
        {
            scores.Fill(device.OtherScores ?? (1 - score) / (classes - 1));
            for (int i = 0; i < count; i++) scores[i * classes] = score;
        }

        public void Dispose() => device.Open--;
    }
}
