using DigitML.Experiments.Charts;

namespace DigitML.Tests.Charts;

public class ShortNamesTests
{
    [Fact]
    public void Names_that_fit_stay_as_they_are() => Assert.Equal(["a", "runs/b"], ShortNames.Fitting(["a", "runs/b"], 6));

    [Fact]
    public void Long_names_lose_what_they_share() =>
        Assert.Equal(["…eight…", "…four…"], ShortNames.Fitting(["a handwritten digit of class eight (old)", "a handwritten digit of class four (old)"], 10));

    [Fact]
    public void Names_that_are_cut_still_differ()
    {
        string[] names = ShortNames.Fitting(["abcdefghijk first", "abcdefghijk second", "z"], 8);
        Assert.Equal(3, names.Distinct().Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 8));
        Assert.Equal(["abcdefg…", "z"], ShortNames.Fitting(["abcdefghijk", "z"], 8));
    }
}
