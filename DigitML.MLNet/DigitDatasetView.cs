using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>A dataset as ML.NET data: Label (text, missing where a row has none) and Pixels (a vector of height x width Byte). Cursors read from the dataset and copy one row at a time.</summary>
internal sealed class DigitDatasetView : IDataView
{
    private readonly DigitDataset dataset;
    private readonly ReadOnlyMemory<char>[] labels;

    internal DigitDatasetView(DigitDataset dataset)
    {
        this.dataset = dataset;
        labels = [.. dataset.LabelMap.Labels.Select(label => label.AsMemory())];
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(DigitData.LabelColumn, TextDataViewType.Instance);
        schema.AddColumn(DigitData.PixelsColumn, new VectorDataViewType(NumberDataViewType.Byte, dataset.Height * dataset.Width), PixelColumn.SizeAnnotations(dataset.Height, dataset.Width));
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => dataset.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor(DigitDatasetView view, HashSet<int> active) : DataViewRowCursor
    {
        private int row = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => row < view.dataset.Count ? row : -1;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            if (row < view.dataset.Count) row++;
            return row < view.dataset.Count;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column)) throw new InvalidOperationException($"Column \"{column.Name}\" was not requested.");
            Delegate getter = column.Index == 0 ? (ValueGetter<ReadOnlyMemory<char>>)GetLabel : (ValueGetter<VBuffer<byte>>)GetPixels;
            return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column \"{column.Name}\" is {column.Type}.");
        }

        private void GetLabel(ref ReadOnlyMemory<char> label)
        {
            int key = view.dataset.Labels[row];
            label = key == DigitDataset.NoLabel ? default : view.labels[key];
        }

        private void GetPixels(ref VBuffer<byte> pixels)
        {
            ReadOnlySpan<byte> image = view.dataset.Image(row);
            VBufferEditor<byte> editor = VBufferEditor.Create(ref pixels, image.Length);
            image.CopyTo(editor.Values);
            pixels = editor.Commit();
        }
    }
}
