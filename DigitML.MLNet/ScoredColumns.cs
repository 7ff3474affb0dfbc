using DigitML.Engine;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>The columns of a view, followed by Score and PredictedLabel.</summary>
internal sealed class ScoredColumns
{
    private readonly int inputColumns;

    /// <param name="input">The columns to which the two are added.</param>
    /// <param name="classes">What the keys stand for.</param>
    internal ScoredColumns(DataViewSchema input, KeyValues classes)
    {
        inputColumns = input.Count;
        var schema = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in input) schema.AddColumn(column.Name, column.Type, column.Annotations);
        int count = classes.Names.Length;
        schema.AddColumn("Score", new VectorDataViewType(NumberDataViewType.Single, count), ScoreAnnotations(classes));
        schema.AddColumn("PredictedLabel", new KeyDataViewType(typeof(uint), count), Annotations("PredictedLabel", classes, "KeyValues").ToAnnotations());
        Schema = schema.ToSchema();
    }

    /// <summary>All of them.</summary>
    internal DataViewSchema Schema { get; }

    /// <summary>True if a column is one of the two.</summary>
    internal bool IsAdded(DataViewSchema.Column column) => column.Index >= inputColumns;

    /// <summary>The getter of a column: that of the underlying row, or of the scores.</summary>
    /// <param name="column">The column.</param>
    /// <param name="input">The underlying row or cursor.</param>
    /// <param name="scores">Returns the scores of the current row; null if neither of the two columns was requested.</param>
    internal ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column, DataViewRow input, Func<ReadOnlyMemory<float>>? scores)
    {
        if (!IsAdded(column)) return input.GetGetter<TValue>(input.Schema[column.Index]);
        if (scores is null) throw new InvalidOperationException($"Column \"{column.Name}\" was not requested.");
        Delegate getter = column.Index == inputColumns ? (ValueGetter<VBuffer<float>>)GetScore : (ValueGetter<uint>)GetKey;
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException($"Column \"{column.Name}\" is {column.Type}.");

        void GetScore(ref VBuffer<float> score)
        {
            ReadOnlySpan<float> values = scores().Span;
            VBufferEditor<float> editor = VBufferEditor.Create(ref score, values.Length);
            values.CopyTo(editor.Values);
            score = editor.Commit();
        }

        // ML.NET counts keys from 1; 0 means missing.
        void GetKey(ref uint key) => key = (uint)ArgMax.Of(scores().Span) + 1;
    }

    private static DataViewSchema.Annotations ScoreAnnotations(KeyValues classes)
    {
        DataViewSchema.Annotations.Builder annotations = Annotations("Score", classes, "TrainingLabelValues");
        ReadOnlyMemory<char>[] names = [.. classes.Names.Select(name => name.AsMemory())];
        annotations.Add("SlotNames", new VectorDataViewType(TextDataViewType.Instance, names.Length), (ref VBuffer<ReadOnlyMemory<char>> value) => value = new(names.Length, names));
        return annotations.ToAnnotations();
    }

    private static DataViewSchema.Annotations.Builder Annotations(string scoreValueKind, KeyValues classes, string kind)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue("ScoreColumnKind", TextDataViewType.Instance, "MulticlassClassification".AsMemory());
        annotations.AddPrimitiveValue("ScoreValueKind", TextDataViewType.Instance, scoreValueKind.AsMemory());
        classes.Annotate(annotations, kind);
        return annotations;
    }
}
