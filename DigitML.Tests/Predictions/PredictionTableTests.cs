using DigitML.Data.Predictions;
using DigitML.Engine.Datasets;

namespace DigitML.Tests.Predictions;

public sealed class PredictionTableTests : IDisposable
{
    private static readonly LabelMap Labels = new(["3", "x,y"]);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-table-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_submission_counts_from_1() => Assert.Equal("ImageId,Label\n1,\"x,y\"\n2,3\n", Table(withScores: false).ToCsv());

    [Fact]
    public void Scores_have_a_column_for_each_label() => Assert.Equal(
        "ImageId,Label,score_3,\"score_x,y\"\n1,\"x,y\",0.25,0.75\n2,3,0.5,0.5\n", Table(withScores: true).ToCsv());

    [Fact]
    public void It_is_written_into_a_new_folder()
    {
        string path = Path.Combine(folder.FullName, "new", "submission.csv");
        Table(withScores: false).Write(path);
        Assert.Equal(Table(withScores: false).ToCsv(), File.ReadAllText(path));
    }

    [Fact]
    public void It_is_packed_if_its_name_asks_for_it()
    {
        string path = Path.Combine(folder.FullName, "submission.csv.gz");
        Table(withScores: false).Write(path);
        using var unpacked = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress));
        Assert.Equal(Table(withScores: false).ToCsv(), unpacked.ReadToEnd());
    }

    [Fact]
    public void Rows_for_programs_have_scores_only_if_asked_for()
    {
        PredictedImage[] rows = [.. Table(withScores: true).ToRows()];
        Assert.Equal([(1, "x,y"), (2, "3")], rows.Select(row => (row.ImageId, row.Label)));
        Assert.Equal([0.25f, 0.75f, 0.5f, 0.5f], rows.SelectMany(row => row.Scores!));
        Assert.All(Table(withScores: false).ToRows(), row => Assert.Null(row.Scores));
    }

    private static PredictionTable Table(bool withScores) => new(Labels, [0.25f, 0.75f, 0.5f, 0.5f], withScores);
}
