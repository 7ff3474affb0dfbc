using DigitML.Engine;
using DigitML.Engine.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace DigitML.MLNet;

/// <summary>Learns the key of each label; the fitted step is ML.NET's MapValueToKey with those keys.</summary>
public sealed class DigitLabelEstimator : IEstimator<ITransformer>
{
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
    /// <exception cref="DigitMLException">There is no such column, or no row has a label.</exception>
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (PixelColumn.Get(input.Schema, this.input).Type == TextDataViewType.Instance) return ToKeys(this.input, input).Fit(input);
        var toText = transforms.Conversion.ConvertType(output, this.input, DataKind.String);
        IDataView texts = toText.Fit(input).Transform(input);
        return toText.Append(ToKeys(output, texts)).Fit(input);
    }

    /// <summary>Returns the output columns.</summary>
    /// <param name="inputSchema">The input columns.</param>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => transforms.Conversion.MapValueToKey(output, input).GetOutputSchema(inputSchema);

    private ValueToKeyMappingEstimator ToKeys(string column, IDataView rows)
    {
        LabelMap labels = LabelsOf(column, rows);
        IDataView keys = new MLContext().Data.LoadFromEnumerable(labels.Labels.Select(label => new LabelText { Label = label }));
        return transforms.Conversion.MapValueToKey(output, column, keyData: keys);
    }

    private LabelMap LabelsOf(string column, IDataView rows)
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

        if (found.Count == 0) throw new DigitMLException($"No row has a label in column \"{column}\"; there is nothing to train on.");
        if (first is null) return LabelMap.FromDistinct(found);
        found.ExceptWith(first.Labels);
        return new LabelMap([.. first.Labels, .. LabelMap.FromDistinct(found).Labels]);
    }

    private sealed class LabelText
    {
        public string Label { get; set; } = "";
    }
}
