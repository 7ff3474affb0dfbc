using System.Text.Json;
using System.Text.Json.Serialization;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Learning;

public class TrainingPlanJsonTests
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static TheoryData<LearningRateSchedule> Schedules =>
    [
        new Constant(0.01f), new Step(0.1f, 0.5f, 3), new MultiStep(0.1f, 0.5f, [2, 5]), new Exponential(0.1f, 0.9f), new InverseTime(0.003f, 0.319f),
        new InverseTime(0.003f, 0.5f, 1000),
        new Cosine(0.1f, 0.001f, 1.5f), new OneCycle(0.1f, 0.1f, 0.01f, 0.4f, OneCycleCurve.Linear),
        new ReduceOnPlateau(0.1f, 0.5f, 3, 0.001, 2, 1e-5f, MonitoredMetric.ValAccuracy),
    ];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void A_plan_comes_back_from_JSON_the_same(LearningRateSchedule schedule)
    {
        var plan = new TrainingPlan(
            7, 64, new Sgd(0.9f, Nesterov: true), schedule, 0.1f, new Augmentation(2, 10, 0.1f, 5, 0.9f, 1, 1.5f, 6), 0.99f, WeightInitializer.GlorotUniform,
            Seed: ulong.MaxValue, new EarlyStopping(MonitoredMetric.ValAccuracy, 0.001, 4, true, 2), KeepBestEpoch: true);
        Assert.Equal(plan, JsonSerializer.Deserialize<TrainingPlan>(JsonSerializer.Serialize(plan, Options), Options));
        Assert.Equal(plan, JsonSerializer.Deserialize(JsonSerializer.Serialize(plan, RunJson.Instance.TrainingPlan), RunJson.Instance.TrainingPlan));
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        TrainingPlan? plan = JsonSerializer.Deserialize<TrainingPlan>(
            """
            { "epochs": 3, "batchSize": 32, "optimizer": { "type": "Adam" }, "learningRate": { "type": "OneCycle", "peakRate": 0.01, "curve": "linear" },
              "augmentation": { "rotationDegrees": 10 }, "earlyStopping": { "monitor": "valAccuracy", "patience": 2 } }
            """, Options);
        Assert.Equal(
            new TrainingPlan(3, 32, new Adam(), new OneCycle(0.01f, Curve: OneCycleCurve.Linear), Augmentation: new Augmentation(RotationDegrees: 10),
                EarlyStopping: new EarlyStopping(MonitoredMetric.ValAccuracy, Patience: 2)), plan);
    }
}
