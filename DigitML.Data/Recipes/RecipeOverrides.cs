using DigitML.Engine.Learning;

namespace DigitML.Data.Recipes;

/// <summary>Changes to a recipe; null keeps the recipe's value.</summary>
/// <param name="Epochs">Number of epochs.</param>
/// <param name="BatchSize">Rows per minibatch.</param>
/// <param name="LearningRate">The highest learning rate.</param>
/// <param name="Seed">Random seed.</param>
/// <param name="Networks">Number of networks to train.</param>
/// <param name="TestTimeShift">Test-time shifts, in pixels.</param>
/// <param name="Settings">Values for any other setting in the recipe, applied after those above.</param>
/// <param name="Member">Index of the only network to train, from 0; null to train all.</param>
public sealed record RecipeOverrides(
    int? Epochs = null, int? BatchSize = null, float? LearningRate = null, ulong? Seed = null, int? Networks = null, int? TestTimeShift = null,
    RecipeSetting[]? Settings = null, int? Member = null)
{
    /// <summary>Returns the recipe with these changes.</summary>
    /// <param name="recipe">The recipe, which is not modified.</param>
    /// <exception cref="Engine.DigitMLException">A setting does not fit the recipe.</exception>
    public Recipe Apply(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        TrainingPlan plan = recipe.Training;
        Recipe changed = recipe with
        {
            Networks = Networks ?? recipe.Networks,
            TestTimeShift = TestTimeShift ?? recipe.TestTimeShift,
            Training = plan with
            {
                Epochs = Epochs ?? plan.Epochs,
                BatchSize = BatchSize ?? plan.BatchSize,
                LearningRate = LearningRate is float rate ? WithRate(plan.LearningRate, rate) : plan.LearningRate,
                Seed = Seed ?? plan.Seed,
            },
        };
        changed = (Settings ?? []).Aggregate(changed, (now, setting) => setting.Apply(now));
        if (Member is int member) return changed.Member(member);
        return changed.Networks == 1 ? changed with { OtherLayers = null } : changed;
    }

    /// <summary>These changes followed by others, which take precedence where both set a value.</summary>
    /// <param name="others">The other changes.</param>
    internal RecipeOverrides Then(RecipeOverrides others) => new(
        others.Epochs ?? Epochs, others.BatchSize ?? BatchSize, others.LearningRate ?? LearningRate, others.Seed ?? Seed, others.Networks ?? Networks,
        others.TestTimeShift ?? TestTimeShift, others.Settings is null ? Settings : [.. Settings ?? [], .. others.Settings], others.Member ?? Member);

    /// <summary>The same schedule with another highest rate.</summary>
    internal static LearningRateSchedule WithRate(LearningRateSchedule schedule, float rate) => schedule switch
    {
        Constant s => s with { Rate = rate },
        Step s => s with { Rate = rate },
        MultiStep s => s with { Rate = rate },
        Exponential s => s with { Rate = rate },
        InverseTime s => s with { Rate = rate },
        Cosine s => s with { Rate = rate, FinalRate = Math.Min(s.FinalRate, rate) },
        OneCycle s => s with { PeakRate = rate },
        ReduceOnPlateau s => s with { Rate = rate, MinRate = Math.Min(s.MinRate, rate) },
        _ => throw new ArgumentException($"The schedule {schedule.GetType().Name} has no rate to set.", nameof(schedule)),
    };

    /// <summary>The highest rate of a schedule.</summary>
    internal static float RateOf(LearningRateSchedule schedule) => schedule switch
    {
        Constant s => s.Rate,
        Step s => s.Rate,
        MultiStep s => s.Rate,
        Exponential s => s.Rate,
        InverseTime s => s.Rate,
        Cosine s => s.Rate,
        OneCycle s => s.PeakRate,
        ReduceOnPlateau s => s.Rate,
        _ => throw new ArgumentException($"The schedule {schedule.GetType().Name} has no rate.", nameof(schedule)),
    };
}
