using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Export;

namespace DigitML.Tests.Export;

public class CSharpTextTests
{
    public static TheoryData<object?, string> Cases => new()
    {
        { new Conv2D(16, 3, UseBias: false), "new Conv2D(16, 3, UseBias: false)" },
        { new Conv2D(8, new Size2D(3, 5), Padding.Same, 2), "new Conv2D(8, new Size2D(3, 5), Padding: Padding.Same, Stride: 2)" },
        { new MaxPool2D(2, Padding: Padding.Of(0, 0, 1, 1)), "new MaxPool2D(2, Padding: Padding.Of(0, 0, 1, 1))" },
        { new ReLU(), "new ReLU()" },
        { new BatchNorm(0.99f), "new BatchNorm(Momentum: 0.99f)" },
        { new Sgd(0.9f, Nesterov: true), "new Sgd(Momentum: 0.9f, Nesterov: true)" },
        { new MultiStep(0.1f, 0.5f, [2, 4]), "new MultiStep(0.1f, 0.5f, [2, 4])" },
        { new OneCycle(0.2f, Curve: OneCycleCurve.Linear), "new OneCycle(0.2f, Curve: OneCycleCurve.Linear)" },
        { WeightInitializer.GlorotUniform, "WeightInitializer.GlorotUniform" },
        { new InverseTime(0.003f, 0.319f, DecaySteps: null), "new InverseTime(0.003f, 0.319f)" },
        { new InverseTime(0.003f, 0.319f, DecaySteps: 7), "new InverseTime(0.003f, 0.319f, DecaySteps: 7)" },
        { "a \"b\" \\c", "\"a \\\"b\\\" \\\\c\"" },
        { null, "null" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_is_the_expression_that_makes_it(object? value, string expected) => Assert.Equal(expected, CSharpText.Of(value));

    [Theory]
    [InlineData("digit-reader", "DigitReader")]
    [InlineData("/tmp/a b/My_Reader/", "My_Reader")]
    [InlineData("7up", "Digits")]
    [InlineData("console", "Digits")]
    public void A_folder_gives_a_project_its_name(string folder, string name) => Assert.Equal(name, ProjectName.Of(folder));
}
