using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;

namespace DigitML.Tests.Evaluation;

public sealed class PredictionsFileTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("digitml-predictions-");

    private string FilePath => Path.Combine(folder.FullName, "predictions.csv");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Has_a_line_for_each_labelled_row()
    {
        PredictionsFile.Write(SmallEvaluation.Of([0, DigitDataset.NoLabel, 1], [0.75f, 0.25f, 0.5f, 0.5f, 1, 0]), FilePath);
        Assert.Equal("row,label,predicted,score\n1,a,a,0.75\n3,b,a,1\n", File.ReadAllText(FilePath));
    }

    [Fact]
    public void Is_read_back()
    {
        PredictionsFile.Write(SmallEvaluation.Of([0, 1], [0.75f, 0.25f, 1, 0]), FilePath);
        IReadOnlyList<PredictedRow> rows = PredictionsFile.Read(FilePath);
        Assert.Equal([new PredictedRow(1, "a", "a"), new PredictedRow(2, "b", "a")], rows);
        Assert.Equal([true, false], rows.Select(row => row.IsCorrect));
    }

    [Fact]
    public void Another_file_is_refused_with_a_way_out()
    {
        File.WriteAllText(FilePath, "label,pixel0\n1,2\n");
        string message = Assert.Throws<DigitMLException>(() => PredictionsFile.Read(FilePath)).Message;
        Assert.StartsWith(FilePath, message, StringComparison.Ordinal);
        Assert.Contains("not a predictions file", message, StringComparison.Ordinal);
        Assert.Contains("create it again with evaluate --out", message, StringComparison.Ordinal);
    }
}
