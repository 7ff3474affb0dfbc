using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>What the keys of a label column stand for.</summary>
/// <param name="Names">As texts, for models and reports.</param>
/// <param name="Annotate">Puts them, in their own type, into an annotation of a column.</param>
internal sealed record KeyValues(string[] Names, Action<SchemaDefinition.Column, string> Annotate)
{
    private const string Kind = "KeyValues";

    /// <summary>Those of a column; the numbers from 0 where it names none.</summary>
    internal static KeyValues Of(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(Kind) is { Type: VectorDataViewType type })
        {
            MethodInfo read = typeof(KeyValues).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;
            return (KeyValues)read.MakeGenericMethod(type.ItemType.RawType).Invoke(null, [column.Annotations, type])!;
        }

        int count = (int)((KeyDataViewType)column.Type).Count;
        return Of([.. Enumerable.Range(0, count).Select(key => key.ToString(CultureInfo.InvariantCulture).AsMemory())], TextDataViewType.Instance);
    }

    private static KeyValues Read<T>(DataViewSchema.Annotations annotations, VectorDataViewType type)
    {
        VBuffer<T> values = default;
        annotations.GetValue(Kind, ref values);
        return Of([.. values.DenseValues()], type.ItemType);
    }

    private static KeyValues Of<T>(T[] values, PrimitiveDataViewType type) => new(
        [.. values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value}"))],
        (column, kind) => column.AddAnnotation(kind, new VBuffer<T>(values.Length, values), new VectorDataViewType(type, values.Length)));
}
