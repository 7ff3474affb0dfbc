using Microsoft.ML;
using Microsoft.ML.Data;

namespace DigitML.MLNet;

/// <summary>Types of columns in words, for messages: "text", "Single", "a key", "a vector of 784 Byte", "a vector of Single of variable length".</summary>
internal static class ColumnWords
{
    internal static string Of(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true } vector => $"a vector of {vector.Size} {Item(vector.ItemType)}",
        VectorDataViewType vector => $"a vector of {Item(vector.ItemType)} of variable length",
        KeyDataViewType => $"a key of {type.RawType.Name}",
        _ => Item(type),
    };

    internal static string Of(SchemaShape.Column column)
    {
        string item = column.IsKey ? "keys" : Item(column.ItemType);
        return column.Kind switch
        {
            SchemaShape.Column.VectorKind.Vector => $"a vector of {item}",
            SchemaShape.Column.VectorKind.VariableVector => $"a vector of {item} of variable length",
            _ => column.IsKey ? $"a key of {column.ItemType.RawType.Name}" : item,
        };
    }

    private static string Item(DataViewType type) => type is TextDataViewType ? "text" : type is KeyDataViewType ? "keys" : type.RawType.Name;
}
