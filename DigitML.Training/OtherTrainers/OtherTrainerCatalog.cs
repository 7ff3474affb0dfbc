using System.Collections.Immutable;
using DigitML.Engine;
#if MLNET
using DigitML.Engine.Datasets;
using DigitML.MLNet;
#endif

namespace DigitML.Training.OtherTrainers;

/// <summary>The trainers beside DigitML's own: those of ML.NET, in a build that has it.</summary>
internal static class OtherTrainerCatalog
{
    /// <summary>The names of all, whether this build has them or not.</summary>
    internal static ImmutableArray<string> Names { get; } = ["sdca", "lbfgs", "lightgbm", "fasttree"];

    /// <summary>A trainer by its name.</summary>
    /// <exception cref="DigitMLException">This build does not have it.</exception>
    internal static OtherTrainer Get(string name) => Trainers().FirstOrDefault(trainer => trainer.Name == name) ?? throw new DigitMLException(
        $"The trainer \"{name}\" is ML.NET's, which this build is without; where the ML.NET packages can be restored: "
        + $"dotnet run -c Release --project DigitML.Training -p:MLNet=true -- train --trainer {name}");

#if MLNET
    private static IEnumerable<OtherTrainer> Trainers() =>
        ClassicTrainer.All.Select(trainer => new OtherTrainer(trainer.Name, trainer.Description, (rows, seed) => Model(trainer.Train(rows, seed))));

    private static OtherModel Model(TrainedPipeline pipeline) => new(pipeline.Scores, folder =>
    {
        string path = Path.Combine(folder, "model.zip");
        pipeline.Save(path);
        return path;
    });
#else
    private static IEnumerable<OtherTrainer> Trainers() => [];
#endif
}
