using DigitML.Model;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>
/// A view with the columns Score and PredictedLabel added, scored in batches: a cursor reads images ahead with a second cursor over the same rows and passes all other
/// columns through. Nothing is scored unless one of the two columns is requested.
/// </summary>
/// <param name="input">The rows.</param>
/// <param name="columns">Their columns and the two added ones.</param>
/// <param name="pixels">The column of images.</param>
/// <param name="classifier">Scores the images.</param>
internal sealed class ScoredView(IDataView input, ScoredColumns columns, PixelColumn pixels, DigitClassifier classifier) : IDataView
{
    private const int RowsAtOnce = 256;

    private readonly Lazy<float> scale = new(() => pixels.ScaleIn(input));

    public DataViewSchema Schema => columns.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        DataViewRowCursor passed = input.GetRowCursor(needed.Where(column => !columns.IsAdded(column)).Select(column => input.Schema[column.Index]));
        return new Cursor(columns, passed, needed, needed.Any(columns.IsAdded) ? new ReadAhead(input.GetRowCursor([pixels.Column]), pixels, scale.Value, classifier) : null);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(ScoredColumns columns, DataViewRowCursor input, DataViewSchema.Column[] needed, ReadAhead? scores) : DataViewRowCursor
    {
        private readonly HashSet<int> active = [.. needed.Select(column => column.Index)];

        public override DataViewSchema Schema => columns.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveNext() => input.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            columns.GetGetter<TValue>(column, input, scores is null ? null : () => scores.Row(input.Position));

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
                scores?.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class ReadAhead(DataViewRowCursor input, PixelColumn pixels, float scale, DigitClassifier classifier) : IDisposable
    {
        private readonly PixelReader reader = new(pixels.CopyFrom(input, scale), classifier, RowsAtOnce);
        private readonly float[] scores = new float[RowsAtOnce * classifier.ClassCount];
        private long start;
        private int count;

        /// <summary>The scores of a row, valid until the next call; rows are requested in order.</summary>
        internal ReadOnlyMemory<float> Row(long row)
        {
            while (row >= start + count) ReadBatch();
            return scores.AsMemory((int)(row - start) * classifier.ClassCount, classifier.ClassCount);
        }

        public void Dispose() => input.Dispose();

        private void ReadBatch()
        {
            start += count;
            count = 0;
            while (count < RowsAtOnce && input.MoveNext()) reader.Read(count++);
            if (count == 0) throw new InvalidOperationException("The view returned fewer rows when it was read a second time.");
            reader.Predict(count, scores.AsSpan(0, count * classifier.ClassCount));
        }
    }
}
