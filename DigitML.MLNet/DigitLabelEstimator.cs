using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet;

/// <summary>Learns the key of each label; the fitted step is ML.NET's MapValueToKey with those keys.</summary>
public sealed class DigitLabelEstimator : IEstimator<ITransformer>
{
    // What ConvertType makes of NaN, which means a missing label, as elsewhere in ML.NET.
    private const string MissingNumber = "NaN";

    private readonly TransformsCatalog transforms;
    private readonly string output, input;
    private readonly LabelMap? first;
    private readonly bool addNewLabels;

    internal DigitLabelEstimator(TransformsCatalog transforms, string output, string input, LabelMap? first, bool addNewLabels)
    {
        this.transforms = transforms;
        this.output = output;
        this.input = input;
        this.first = first;
        this.addNewLabels = addNewLabels;
    }

    /// <summary>Reads the labels of the rows, unless all are given, and creates the step.</summary>
    /// <param name="input">The rows.</param>
    /// <exception cref="DigitMLException">There is no such column, it does not hold one label per row, a label is infinite, or no row has a label.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewType type = PixelColumn.Get(input.Schema, this.input).Type;
        if (type == TextDataViewType.Instance) return ToKeys(this.input, input, missing: "").Fit(input);
        if (type is VectorDataViewType or not PrimitiveDataViewType) throw NotLabels(ColumnWords.Of(type));
        if (type == NumberDataViewType.Single || type == NumberDataViewType.Double) CheckFinite(input);
        var toText = transforms.Conversion.ConvertType(output, this.input, DataKind.String);
        IDataView texts = toText.Fit(input).Transform(input);
        return toText.Append(ToKeys(output, texts, MissingNumber)).Fit(input);
    }

    /// <summary>Returns the output columns.</summary>
    /// <param name="inputSchema">The input columns.</param>
    /// <exception cref="DigitMLException">There is no such column, or it does not hold one label per row.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column column = PixelColumn.Get(inputSchema, input);
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar) throw NotLabels(ColumnWords.Of(column));
        return transforms.Conversion.MapValueToKey(output, input).GetOutputSchema(inputSchema);
    }

    private DigitMLException NotLabels(string type) => new(
        $"Column \"{input}\" is {type}; a label must be one text or number per row: name another column, or map the most probable of one-hot values to a label first.");

    private void CheckFinite(IDataView rows)
    {
        IDataView doubles = transforms.Conversion.ConvertType(output, input, DataKind.Double).Fit(rows).Transform(rows);
        int row = 0;
        foreach (double label in doubles.GetColumn<double>(output))
        {
            row++;
            if (double.IsInfinity(label)) throw new DigitMLException($"Row {row} of column \"{input}\" has an infinite label; a label must be a number, or NaN where it is missing.");
        }
    }

    private ValueToKeyMappingEstimator ToKeys(string column, IDataView rows, string missing)
    {
        LabelMap labels = LabelsOf(column, rows, missing);
        IDataView keys = new MLContext().Data.LoadFromEnumerable(labels.Labels.Select(label => new LabelText { Label = label }));
        return transforms.Conversion.MapValueToKey(output, column, keyData: keys);
    }

    private LabelMap LabelsOf(string column, IDataView rows, string missing)
    {
        if (first is not null && !addNewLabels) return first;
        var found = new HashSet<string>(StringComparer.Ordinal);
        using DataViewRowCursor cursor = rows.GetRowCursor([rows.Schema[column]]);
        ValueGetter<ReadOnlyMemory<char>> get = cursor.GetGetter<ReadOnlyMemory<char>>(rows.Schema[column]);
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = found.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlyMemory<char> label = default;
        while (cursor.MoveNext())
        {
            get(ref label);
            if (!label.IsEmpty) lookup.Add(label.Span);
        }

        found.Remove(missing);
        if (found.Count == 0) throw new DigitMLException($"No row has a label in column \"{input}\"; there is nothing to train on.");
        if (first is null) return LabelMap.FromDistinct(found);
        found.ExceptWith(first.Labels);
        return new LabelMap([.. first.Labels, .. LabelMap.FromDistinct(found).Labels]);
    }

    private sealed class LabelText
    {
        public string Label { get; set; } = "";
    }
}
