using DigitML.Engine;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Datasets;

public class LabelMapTests
{
    [Fact]
    public void Labels_turn_into_their_positions_and_back()
    {
        var map = new LabelMap(["zero", "1", "Zero"]);
        Assert.True(map.TryGetKey("Zero", out int key));
        Assert.Equal(2, key);
        Assert.Equal("1", map[1]);
        Assert.Equal(3, map.Count);
        Assert.False(map.TryGetKey("two", out _));
    }

    [Fact]
    public void Distinct_labels_stand_in_the_order_people_expect() => Assert.Equal(
        ["-3", "0", "2", "9", "10", "100", "1.5", "A", "B", "a", "é"],
        LabelMap.FromDistinct(["10", "9", "a", "100", "é", "B", "2", "-3", "A", "0", "9", "1.5", "a"]).Labels.ToArray());

    [Fact]
    public void Equal_numbers_of_different_texts_are_different_labels_in_a_fixed_order()
    {
        Assert.Equal(["01", "1"], LabelMap.FromDistinct(["1", "01", "1"]).Labels.ToArray());
        Assert.Equal(["01", "1"], LabelMap.FromDistinct(["01", "1"]).Labels.ToArray());
    }

    [Fact]
    public void Whole_numbers_beyond_64_bits_are_texts() =>
        Assert.Equal(["9223372036854775807", "9223372036854775808"],
            LabelMap.FromDistinct(["9223372036854775808", "9223372036854775807"]).Labels.ToArray());

    [Fact]
    public void An_empty_label_is_refused() =>
        Assert.Equal("A label is empty; every class needs a name.", Assert.Throws<DigitMLException>(() => new LabelMap(["a", ""])).Message);

    [Fact]
    public void A_label_that_is_there_twice_is_refused() => Assert.Equal(
        "The label \"a\" appears twice; every class needs a name of its own.",
        Assert.Throws<DigitMLException>(() => new LabelMap(["a", "b", "a"])).Message);
}
