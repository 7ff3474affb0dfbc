using DigitML.Tests.Data;
using DigitML.Data.Predictions;
using DigitML.Data.Rows;

namespace DigitML.Tests.Predictions;

public sealed class KaggleSubmissionTests : DataFolder
{
    private const string Solution = "ImageId,Label\n1,7\n2,0\n3,7\n4,9\n";

    [Theory]
    [InlineData("1,7\n2,0\n3,7\n4,9\n", 4)]
    [InlineData("4,9\n3,7\n2,0\n1,7\n", 4)]
    [InlineData("1,7\n2,7\n3,0\n4,9\n", 2)]
    [InlineData("1,9\n2,9\n3,9\n4,0\n", 0)]
    [InlineData("1,7\n2,seven\n3,7\n4,\n", 2)]
    [InlineData("1,7.0\n02,0\n3, 7 \n4,9\n", 4)]
    public void Right_labels_are_counted_in_any_order_of_ids(string rows, int right) => Assert.Equal(right, CountRight("ImageId,Label\n" + rows));

    [Theory]
    [InlineData("", "s.csv is empty; its first line is ImageId,Label or id,label.")]
    [InlineData("ImageId,Label\n", "s.csv has a header but no rows.")]
    [InlineData("id,pixel0\n1,7\n", "s.csv:1: the header is \"id,pixel0\"; it must be ImageId,Label or id,label.")]
    [InlineData("1,7\n2,0\n", "s.csv:1: the header is \"1,7\"; it must be ImageId,Label or id,label.")]
    [InlineData("ImageId,Label\n1,7\n2\n", "s.csv:3: has 1 column; a row has 2, ImageId,Label.")]
    [InlineData("ImageId,Label\n1,7,0.9\n", "s.csv:2: has 3 columns; a row has 2, ImageId,Label.")]
    [InlineData("ImageId,Label\n1,7\ntwo,0\n", "s.csv:3: ImageId is two, which is not in solution.csv; remove the row.")]
    [InlineData("ImageId,Label\n,7\n", "s.csv:2: ImageId is missing; every row needs one.")]
    [InlineData("ImageId,Label\n1,7\n2,0\n1,7\n", "s.csv:4: ImageId is 1, as on line 2; each id has one row.")]
    [InlineData("ImageId,Label\n1,7\n2,0\n3,7\n5,9\n", "s.csv:5: ImageId is 5, which is not in solution.csv; remove the row.")]
    [InlineData("ImageId,Label\n1,7\n2,0\n4,9\n", "s.csv lacks ImageId 3; a submission has a row for each of the 4 ids of solution.csv.")]
    [InlineData("ImageId,Label\n3,7\n", "s.csv lacks 3 ids, the first of them 1; a submission has a row for each of the 4 ids of solution.csv.")]
    [InlineData("ImageId,Label\n1,\"7\n", "s.csv:2: a quoted field is not closed, or a quote is inside a field; correct it.")]
    public void A_mistake_gets_one_line(string text, string message) => Assert.Equal(message, FailureOf(() => CountRight(text)));

    [Fact]
    public void What_is_written_is_read_back()
    {
        Assert.Equal("ImageId,Label\n1,7\n2,\"a,b\"\n", KaggleSubmission.ToCsv(["7", "a,b"]));
        KaggleSubmission read = KaggleSubmission.Read(Write("s.csv", KaggleSubmission.ToCsv(["7", "a,b"])));
        Assert.Equal([("1", new SubmissionRow("7", 2)), ("2", new SubmissionRow("a,b", 3))], read.Rows.Select(row => (row.Key, row.Value)));
    }

    [Fact]
    public void Ids_and_header_are_those_of_the_file_that_is_answered()
    {
        string text = KaggleSubmission.ToCsv(["7", "2"], new RowIds("id", ["0", "b7"]));
        Assert.Equal("id,label\n0,7\nb7,2\n", text);
        KaggleSubmission read = KaggleSubmission.Read(Write("s.csv", text));
        Assert.Equal(("id", 2), (read.IdColumn, read.CountRight(read)));
    }

    private int CountRight(string text) => KaggleSubmission.Read(Write("s.csv", text)).CountRight(KaggleSubmission.Read(Write("solution.csv", Solution)));
}
