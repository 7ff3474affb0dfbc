using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Experiments.Evaluation;
using DigitML.Experiments.RunFiles;

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

    [Theory]
    [InlineData("row,label\n1,a\n", "1: it is not a predictions file: its first line is not row,label,predicted,score")]
    [InlineData("row,label,predicted,score\n", "1: it is not a predictions file: it has no rows")]
    [InlineData("row,label,predicted,score\n1,a,a,1\n2,a\n", "3: it is not a predictions file: a row has 2 columns, not 4")]
    [InlineData("row,label,predicted,score\nfirst,a,a,1\n", "2: it is not a predictions file: \"first\" is not the number of a row")]
    [InlineData("row,label,predicted,score\n9999999999,a,a,1\n", "2: it is not a predictions file: \"9999999999\" is not the number of a row")]
    public void A_mistake_gets_one_line(string text, string mistake)
    {
        File.WriteAllText(FilePath, text);
        Assert.Equal($"{FilePath}:{mistake}; create it again with evaluate --out.", Assert.Throws<DigitMLException>(() => PredictionsFile.Read(FilePath)).Message);
    }

    [Theory]
    [InlineData("2,0.5,1.5,,,0.01,3", "2: it is not the history of a run: it lacks epoch 1")]
    [InlineData("1,0.5,high,,,0.01,3", "2: it is not the history of a run: \"high\" is not a number")]
    public void A_damaged_history_is_told_in_one_line(string epoch, string mistake)
    {
        File.WriteAllText(FilePath, $"epoch,accuracy,loss,val_accuracy,val_loss,learning_rate,seconds\n{epoch}\n");
        Assert.Equal($"{FilePath}:{mistake}; start a new run.", Assert.Throws<DigitMLException>(() => RunHistory.Read(FilePath)).Message);
    }
}
