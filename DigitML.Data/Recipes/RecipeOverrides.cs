using DigitML.Engine.Learning;

namespace DigitML.Data.Recipes;

/// <summary>Changes to a recipe; null leaves a value as it is.</summary>
/// <param name="Epochs">Epochs.</param>
/// <param name="BatchSize">Rows per minibatch.</param>
/// <param name="LearningRate">The highest learning rate.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Networks">Networks to train.</param>
/// <param name="TestTimeShift">Test-time shifts, in pixels.</param>
/// <param name="Settings">Values for any other place in the recipe, applied after the ones above.</param>
/// <param name="Member">The one network to train alone, from 0; null for all.</param>
public sealed record RecipeOverrides(
    int? Epochs = null, int? BatchSize = null, float? LearningRate = null, ulong? Seed = null, int? Networks = null, int? TestTimeShift = null,
    RecipeSetting[]? Settings = null, int? Member = null)
{
    /// <summary>The recipe with these changes.</summary>
    /// <param name="recipe">The recipe, which stays as it is.</param>
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

    /// <summary>These changes followed by others, which win where both set a value.</summary>
    /// <param name="others">The other changes.</param>
    internal RecipeOverrides Then(RecipeOverrides others) => new(
        others.Epochs ?? Epochs, others.BatchSize ?? BatchSize, others.LearningRate ?? LearningRate, others.Seed ?? Seed, others.Networks ?? Networks,
        others.TestTimeShift ?? TestTimeShift, others.Settings is null ? Settings : [.. Settings ?? [], .. others.Settings], others.Member ?? Member);

    /// <summary>The same schedule with another rate: its highest one.</summary>
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
