using DigitML.Data;
using DigitML.Engine.Datasets;
using DigitML.Model;

namespace DigitML.Tests.Model;

public class DefaultClassifierTests
{
    [Fact]
    public void It_reads_test_digits()
    {
        DigitDataset digits = DigitFiles.Read(RepositoryFolder.PathOf("data/mnist-test.csv.gz"));
        int right = Enumerable.Range(0, digits.Count).Count(row => DigitClassifier.Default.Predict(digits.Image(row)).Label == digits.LabelMap[digits.Labels[row]]);
        Assert.InRange(right, 9_945, 9_975);
    }

    [Fact]
    public void It_is_one_for_all_and_cannot_be_disposed()
    {
        DigitClassifier.Default.Dispose();
        Assert.Same(DigitClassifier.Default, DigitClassifier.Default);
        Assert.Equal("0123456789", string.Concat(DigitClassifier.Default.Labels.Labels));
        Assert.Equal(10, DigitClassifier.Default.Predict(new byte[784]).Scores.Length);
    }
}
