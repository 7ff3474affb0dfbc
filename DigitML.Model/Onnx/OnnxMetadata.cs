using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json;
using System.Text;
using DigitML.Engine.Datasets;
using DigitML.Engine;
using DigitML.Model.Contents;
using DigitML.Model.Files;
using Google.Protobuf.Collections;

namespace DigitML.Model.Onnx;

/// <summary>Labels, recipe, seed and metrics as text in a file's metadata_props, under keys that begin with "digitml.".</summary>
internal static class OnnxMetadata
{
    /// <summary>Key of the checksum of the graph that the training part belongs to.</summary>
    internal const string GraphChecksumKey = Prefix + "graphSha256";

    private const string Prefix = "digitml.";
    private const string LabelsKey = Prefix + "labels", RecipeKey = Prefix + "recipe", SeedKey = Prefix + "seed", MetricsKey = Prefix + "metrics";
    private const string MembersKey = Prefix + "members";
    private const string Program = "DigitML";

    /// <summary>Key of a trained network as JSON (see <see cref="OnnxTrainingPart"/>).</summary>
    /// <param name="prefix">Prefix of the names of its part of the graph; empty if it is the whole graph.</param>
    internal static string NetworkKey(string prefix) => $"{Prefix}{prefix}network";

    /// <summary>The running program's version.</summary>
    internal static string Version { get; } = ProgramVersion.Of(typeof(OnnxMetadata));

    /// <summary>Writes the labels.</summary>
    internal static void WriteLabels(ModelProto file, LabelMap labels) =>
        Add(file, LabelsKey, JsonSerializer.Serialize([.. labels.Labels], LabelListContext.Default.StringArray));

    /// <summary>Writes how the model was trained and which program writes the file.</summary>
    /// <exception cref="DigitMLException">One of the caller's keys is reserved for DigitML.</exception>
    internal static void Write(ModelProto file, ModelMetadata metadata)
    {
        file.ProducerName = Program;
        file.ProducerVersion = Version;
        if (metadata.RecipeJson is not null) Add(file, RecipeKey, metadata.RecipeJson);
        if (metadata.Seed is { } seed) Add(file, SeedKey, seed.ToString(CultureInfo.InvariantCulture));
        if (metadata.MetricsJson is not null) Add(file, MetricsKey, metadata.MetricsJson);
        if (metadata.MembersJson is not null) Add(file, MembersKey, metadata.MembersJson);
        foreach (var (key, value) in metadata.Properties)
        {
            if (key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                throw new DigitMLException($"A property of the model has the key \"{key}\"; keys that begin with \"{Prefix}\" are reserved for DigitML.");
            }

            Add(file, key, value);
        }
    }

    /// <summary>Adds one entry.</summary>
    internal static void Add(ModelProto file, string key, string value) => file.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });

    /// <summary>The value of a key, or null.</summary>
    internal static string? Find(ModelProto file, string key)
    {
        foreach (StringStringEntryProto entry in file.MetadataProps)
        {
            if (entry.Key == key) return entry.Value;
        }

        return null;
    }

    /// <summary>Reads a file's metadata about its model.</summary>
    /// <exception cref="DigitMLException">The seed is not a number.</exception>
    internal static ModelMetadata Read(string name, ModelProto file)
    {
        ulong? seed = Find(file, SeedKey) is not { } text ? null
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value
            : throw new DigitMLException($"{name}: its metadata \"{SeedKey}\" is \"{text}\"; a seed is a whole number of 0 or more.");
        return new ModelMetadata
        {
            RecipeJson = Find(file, RecipeKey),
            Seed = seed,
            MetricsJson = Find(file, MetricsKey),
            MembersJson = Find(file, MembersKey),
            WrittenBy = $"{file.ProducerName} {file.ProducerVersion}".Trim() is { Length: > 0 } program ? program : null,
            Properties = ReadProperties(file.MetadataProps),
        };
    }

    /// <summary>Reads the labels; a file without any gets "0", "1", ...</summary>
    /// <exception cref="DigitMLException">They are not a list of strings, one per class.</exception>
    internal static LabelMap ReadLabels(string name, ModelProto file, int classCount)
    {
        if (Find(file, LabelsKey) is not { } text)
        {
            return new LabelMap(Enumerable.Range(0, classCount).Select(key => key.ToString(CultureInfo.InvariantCulture)));
        }

        List<string> labels = ParseLabels(text)
            ?? throw new DigitMLException($"{name}: its metadata \"{LabelsKey}\" is not a JSON list of strings.");
        if (labels.Count != classCount)
        {
            throw new DigitMLException($"{name}: its metadata \"{LabelsKey}\" names {DisplayText.Count(labels.Count, "label")} but the network has {DisplayText.Count(classCount, "output")}.");
        }

        return new LabelMap(labels);
    }

    // A JSON list of strings, or null. Read token by token: starting a serializer takes longer than loading a model.
    private static List<string>? ParseLabels(string text)
    {
        var labels = new List<string>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.String) labels.Add(reader.GetString()!);
            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? labels : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadProperties(RepeatedField<StringStringEntryProto> entries)
    {
        var properties = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in entries)
        {
            if (!entry.Key.StartsWith(Prefix, StringComparison.Ordinal)) properties[entry.Key] = entry.Value;
        }

        return properties.ToImmutable();
    }
}

/// <summary>JSON of a list of labels, generated at compile time so that no reflection is needed.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class LabelListContext : JsonSerializerContext;
