using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Engine.Randomness;

namespace DigitML.Experiments.Search;

/// <summary>
/// The recipes that a search tries: first the built-in ones that fit the images, then random ones of the same kind: 3x3 convolutions with ReLU and batch norm around
/// a max-pool and a global average pool, Nesterov SGD with one cycle.
/// </summary>
internal sealed class SearchSpace(int height, int width, int classes, ulong seed)
{
    private const int SmallSide = 20;

    private static readonly string[] Known = ["fast", "compact", "small"];

    // Never none: without augmentation, short trials are best but long trainings are worst.
    private static readonly Augmentation[] Augmentations =
    [
        new Augmentation(ShiftPixels: 1),
        new Augmentation(ShiftPixels: 1, RotationDegrees: 8, Zoom: 0.08f, ShearDegrees: 4),
        new Augmentation(ShiftPixels: 2, RotationDegrees: 12, Zoom: 0.1f, ShearDegrees: 5),
        new Augmentation(ShiftPixels: 2, RotationDegrees: 10, Zoom: 0.1f, ShearDegrees: 5, ElasticPixels: 2),
    ];

    /// <summary>A recipe that fits any images, to read the data files with.</summary>
    internal static Recipe Probe(ulong seed) => new(
        "probe", [new Flatten(), new Dense(ClassCount.Unknown)], new TrainingPlan(1, 1, new Sgd(), new Constant(1), Seed: seed));

    /// <summary>Makes sure that recipes fit the images.</summary>
    /// <param name="path">The data file.</param>
    /// <exception cref="DigitMLException">None does.</exception>
    internal void Check(string path)
    {
        if (height > 1 && width > 1) return;
        throw new DigitMLException(
            $"{path}: images of {height}x{width} are too small for the convolutional networks that build tries; train another kind of model with: digitml train --trainer lightgbm");
    }

    /// <summary>The recipes, an endless sequence; each network fits the images.</summary>
    internal IEnumerable<Recipe> Recipes()
    {
        foreach (Recipe recipe in Known.Select(RecipeCatalog.Get).Where(Suits)) yield return recipe with { Description = $"built in, {Describe(recipe.Training, recipe.Layers.OfType<Dropout>().Sum(layer => layer.Rate))}" };
        for (ulong number = 0; ; number++)
        {
            Recipe recipe = Random(new SeededRandom(seed, RandomPurpose.Search, number));
            if (Suits(recipe)) yield return recipe;
        }
    }

    /// <summary>A recipe with another number of epochs; settings that depend on it are adjusted.</summary>
    internal static Recipe WithEpochs(Recipe recipe, int epochs) => recipe with
    {
        Training = recipe.Training with
        {
            Epochs = epochs,
            Augmentation = recipe.Training.Augmentation is { } augmentation ? augmentation with { FinalEpochsWithout = Math.Min(2, epochs / 4) } : null,
            AveragingDecay = epochs < 6 ? 0.998f : 0.999f,
        },
    };

    private Recipe Random(SeededRandom random)
    {
        int[] before = [Of([8, 16, 24, 32]), Of([12, 16, 24, 32])];
        int after = Of([24, 32, 48, 64, 96]), depth = Of([2, 3, 3]);
        float dropout = Of([0, 0, 0.2f, 0.4f]);
        Padding padding = Math.Min(height, width) < SmallSide ? Padding.Same : Padding.Valid;
        ImmutableArray<Layer> layers =
        [
            .. before.SelectMany(filters => Block(filters, padding)), new MaxPool2D(2),
            .. Enumerable.Range(0, depth).SelectMany(_ => Block(after, padding)), .. dropout > 0 ? (Layer[])[new Dropout(dropout)] : [],
            new Conv2D(ClassCount.Unknown, 1, UseBias: false), new GlobalAveragePool2D(),
        ];
        var plan = new TrainingPlan(
            1, BatchSize: 64, new Sgd(0.9f, Nesterov: true, WeightDecay: Of([0, 0.0005f, 0.002f])), new OneCycle(Of([0.08f, 0.15f, 0.25f])),
            Augmentation: Augmentations[random.NextInt32(Augmentations.Length)], AveragingDecay: 0.998f, Seed: seed);
        string name = string.Join('-', (int[])[.. before, .. Enumerable.Repeat(after, depth)]);
        return new Recipe($"cnn-{name}", layers, plan, PixelScaling.Standard, Describe(plan, dropout));

        T Of<T>(T[] values) => values[random.NextInt32(values.Length)];
    }

    private static Layer[] Block(int filters, Padding padding) => [new Conv2D(filters, 3, padding, UseBias: false), new ReLU(), new BatchNorm()];

    private bool Suits(Recipe recipe)
    {
        try
        {
            recipe.BuildNetwork(height, width, classes);
            return true;
        }
        catch (DigitMLException)
        {
            return false;
        }
    }

    private static string Describe(TrainingPlan plan, float dropout) => string.Join(", ",
    [
        $"rate {RecipeOverrides.RateOf(plan.LearningRate)}", $"weight decay {plan.Optimizer.WeightDecay}", .. dropout > 0 ? (string[])[$"dropout {dropout}"] : [],
        plan.Augmentation switch
        {
            { ElasticPixels: > 0 } => "elastic",
            { RotationDegrees: > 0 and var degrees } => $"rotation {degrees}",
            _ => "shifts",
        },
    ]);
}
