using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>Adds the columns Score and PredictedLabel to one row at a time, as prediction engines need.</summary>
/// <param name="input">The columns of a row.</param>
/// <param name="columns">The same columns and the two added ones.</param>
/// <param name="pixels">The column of the image.</param>
/// <param name="classifier">Scores the images.</param>
internal sealed class ScoredRowMapper(DataViewSchema input, ScoredColumns columns, PixelColumn pixels, DigitClassifier classifier) : IRowToRowMapper
{
    public DataViewSchema InputSchema => input;

    public DataViewSchema OutputSchema => columns.Schema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        dependingColumns.Select(column => columns.IsAdded(column) ? pixels.Column : input[column.Index]).DistinctBy(column => column.Index);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        DataViewSchema.Column[] active = [.. activeColumns];
        return new Row(columns, input, active, active.Any(columns.IsAdded) ? new Scorer(input, pixels, classifier).Scores : null);
    }

    private sealed class Row(ScoredColumns columns, DataViewRow input, DataViewSchema.Column[] needed, Func<ReadOnlyMemory<float>>? scores) : DataViewRow
    {
        private readonly HashSet<int> active = [.. needed.Select(column => column.Index)];

        public override DataViewSchema Schema => columns.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => columns.GetGetter<TValue>(column, input, scores);

        protected override void Dispose(bool disposing)
        {
            if (disposing) input.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class Scorer(DataViewRow input, PixelColumn pixels, DigitClassifier classifier)
    {
        private readonly PixelReader reader = new(pixels.CopyFrom(input, scale: null), classifier, capacity: 1);
        private readonly float[] scores = new float[classifier.ClassCount];
        private long position = -1;

        internal ReadOnlyMemory<float> Scores()
        {
            if (position == input.Position) return scores;
            reader.Read(0);
            reader.Predict(1, scores);
            position = input.Position;
            return scores;
        }
    }
}
