using DigitML.Tests.Data;
using DigitML.Data.Predictions;

namespace DigitML.Tests.Predictions;

public sealed class KaggleSubmissionTests : DataFolder
{
    private const string Solution = "ImageId,Label\n1,7\n2,0\n3,7\n4,9\n";

    [Theory]
    [InlineData("1,7\n2,0\n3,7\n4,9\n", 4)]
    [InlineData("4,9\n3,7\n2,0\n1,7\n", 4)]
    [InlineData("1,7\n2,7\n3,0\n4,9\n", 2)]
    [InlineData("1,9\n2,9\n3,9\n4,0\n", 0)]
    public void Right_labels_are_counted_in_any_order_of_ids(string rows, int right) => Assert.Equal(right, CountRight("ImageId,Label\n" + rows));

    [Theory]
    [InlineData("", "s.csv is empty; its first line is ImageId,Label.")]
    [InlineData("ImageId,Label\n", "s.csv has a header but no rows.")]
    [InlineData("id,label\n1,7\n", "s.csv:1: the header is \"id,label\"; it must be ImageId,Label.")]
    [InlineData("1,7\n2,0\n", "s.csv:1: the header is \"1,7\"; it must be ImageId,Label.")]
    [InlineData("ImageId,Label\n1,7\n2\n", "s.csv:3: has 1 column; a row has 2, ImageId,Label.")]
    [InlineData("ImageId,Label\n1,7,0.9\n", "s.csv:2: has 3 columns; a row has 2, ImageId,Label.")]
    [InlineData("ImageId,Label\n1,7\ntwo,0\n", "s.csv:3: ImageId is \"two\"; an id is a whole number of at least 1.")]
    [InlineData("ImageId,Label\n0,7\n", "s.csv:2: ImageId is \"0\"; an id is a whole number of at least 1.")]
    [InlineData("ImageId,Label\n1,7\n2,0\n1,7\n", "s.csv:4: ImageId is 1, as on line 2; each id has one row.")]
    [InlineData("ImageId,Label\n1,7\n2,0\n3,7\n5,9\n", "s.csv:5: ImageId is 5, which is not in solution.csv; remove the row.")]
    [InlineData("ImageId,Label\n1,7\n2,seven\n3,7\n4,9\n", "s.csv:3: Label is \"seven\"; the labels of solution.csv are 0, 7, 9.")]
    [InlineData("ImageId,Label\n1,7\n2,\n3,7\n4,9\n", "s.csv:3: Label is \"\"; the labels of solution.csv are 0, 7, 9.")]
    [InlineData("ImageId,Label\n1,7\n2,0\n4,9\n", "s.csv lacks ImageId 3; a submission has a row for each of the 4 ids of solution.csv.")]
    [InlineData("ImageId,Label\n3,7\n", "s.csv lacks 3 ids, the first of them 1; a submission has a row for each of the 4 ids of solution.csv.")]
    [InlineData("ImageId,Label\n1,\"7\n", "s.csv:2: a quoted field is not closed, or a quote is inside a field; correct it.")]
    public void A_mistake_gets_one_line(string text, string message) => Assert.Equal(message, FailureOf(() => CountRight(text)));

    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.Equal("ImageId,Label\n1,7\n2,\"a,b\"\n", KaggleSubmission.ToCsv(["7", "a,b"]));
        KaggleSubmission read = KaggleSubmission.Read(Write("s.csv", KaggleSubmission.ToCsv(["7", "a,b"])));
        Assert.Equal([(1, new SubmissionRow("7", 2)), (2, new SubmissionRow("a,b", 3))], read.Rows.Select(row => (row.Key, row.Value)));
    }

    private int CountRight(string text) => KaggleSubmission.Read(Write("s.csv", text)).CountRight(KaggleSubmission.Read(Write("solution.csv", Solution)));
}
