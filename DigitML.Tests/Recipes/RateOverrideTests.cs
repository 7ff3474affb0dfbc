using System.Reflection;
using System.Text.Json.Serialization;
using DigitML.Data.Recipes;
using DigitML.Engine.Learning;

namespace DigitML.Tests.Recipes;

public class RateOverrideTests
{
    private static readonly LearningRateSchedule[] Schedules =
    [
        new Constant(1), new Step(1, 0.5f, 2), new MultiStep(1, 0.5f, [2]), new Exponential(1, 0.9f), new InverseTime(1, 0.5f),
        new Cosine(1, 0.7f), new OneCycle(1), new ReduceOnPlateau(1, MinRate: 0.7f),
    ];

    [Fact]
    public void Every_schedule_takes_another_rate_and_stays_valid()
    {
        foreach (LearningRateSchedule schedule in Schedules)
        {
            LearningRateSchedule changed = RecipeOverrides.WithRate(schedule, 0.5f);
            changed.Validate();
            Assert.Equal(0.5f, RecipeOverrides.RateOf(changed));
            Assert.Equal(1f, RecipeOverrides.RateOf(schedule));
        }
    }

    [Fact]
    public void No_schedule_is_missing_here() => Assert.Equal(
        typeof(LearningRateSchedule).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType).ToHashSet(),
        Schedules.Select(schedule => schedule.GetType()).ToHashSet());
}
