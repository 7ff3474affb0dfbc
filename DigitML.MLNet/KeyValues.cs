using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>The labels that the keys of a column stand for.</summary>
/// <param name="Names">The labels as text, for models and reports.</param>
/// <param name="Annotate">Adds the labels, in their own type, as an annotation of the given kind.</param>
internal sealed record KeyValues(string[] Names, Action<DataViewSchema.Annotations.Builder, string> Annotate)
{
    private const string Kind = "KeyValues";

    /// <summary>The labels of a key column; the numbers from 0 if it names none.</summary>
    internal static KeyValues Of(DataViewSchema.Column column)
    {
        if (AnnotationOf(column, Kind) is { } values) return values;
        int count = (int)((KeyDataViewType)column.Type).Count;
        return Of([.. Enumerable.Range(0, count).Select(key => key.ToString(CultureInfo.InvariantCulture).AsMemory())], TextDataViewType.Instance);
    }

    /// <summary>The labels in a vector annotation; null if there is none.</summary>
    internal static KeyValues? AnnotationOf(DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType type) return null;
        MethodInfo read = typeof(KeyValues).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;
        return (KeyValues)read.MakeGenericMethod(type.ItemType.RawType).Invoke(null, [column.Annotations, kind, type])!;
    }

    private static KeyValues Read<T>(DataViewSchema.Annotations annotations, string kind, VectorDataViewType type)
    {
        VBuffer<T> values = default;
        annotations.GetValue(kind, ref values);
        return Of([.. values.DenseValues()], type.ItemType);
    }

    private static KeyValues Of<T>(T[] values, PrimitiveDataViewType type) => new(
        [.. values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}"))],
        (annotations, kind) => annotations.Add(kind, new VectorDataViewType(type, values.Length), (ref VBuffer<T> value) => value = new(values.Length, values)));
}
