using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DigitML.Data.Recipes;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Tests.Documentation;

/// <summary>The reference of the recipe format, read from the types that recipes are made of and their docstrings: as Markdown for people and as a JSON Schema for editors.</summary>
internal static class RecipeReference
{
    private const string Definitions = "#/$defs/";

    private static readonly (string Title, Type[] Types)[] Sections =
    [
        ("The recipe", [typeof(Recipe)]),
        ("`training`", [typeof(TrainingPlan)]),
        ("`training.optimizer`", Derived(typeof(Optimizer))),
        ("`training.learningRate`", Derived(typeof(LearningRateSchedule))),
        ("`training.augmentation`", [typeof(Augmentation)]),
        ("`training.earlyStopping`", [typeof(EarlyStopping)]),
        ("`layers`", Derived(typeof(Layer))),
    ];

    internal static string Markdown()
    {
        var text = new StringBuilder();
        foreach ((string title, Type[] types) in Sections)
        {
            text.Append($"\n## {title}\n");
            foreach (Type type in types)
            {
                if (types.Length > 1) text.Append($"\n### {type.Name}\n");
                text.Append($"\n{XmlDocs.Summary(type)}\n");
                if (SettingsOf(type).Length == 0) continue;
                text.Append("\n| setting | value | default | meaning |\n|---|---|---|---|\n");
                foreach (ParameterInfo setting in SettingsOf(type))
                {
                    string meaning = string.Join(' ', [XmlDocs.Property(type, setting.Name!), .. Choices(setting.ParameterType)]);
                    text.Append($"| `{XmlDocs.JsonName(setting.Name!)}` | {ValueText(type, setting)} | {DefaultText(setting)} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
                }
            }
        }

        return text.Append('\n').ToString();
    }

    internal static string Schema()
    {
        var definitions = new JsonObject
        {
            ["size"] = JsonNode.Parse("""{ "description": "One number for both sides, or [height, width].", "anyOf": [{ "type": "integer" }, { "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 }] }"""),
            ["padding"] = JsonNode.Parse("""{ "description": "\"same\", \"valid\" or [top, left, bottom, right].", "anyOf": [{ "enum": ["same", "valid"] }, { "type": "array", "items": { "type": "integer", "minimum": 0 }, "minItems": 4, "maxItems": 4 }] }"""),
            ["classCount"] = JsonNode.Parse("""{ "description": "A whole number of at least 1, or \"classes\" for as many as the data has.", "anyOf": [{ "type": "integer", "minimum": 1 }, { "const": "classes" }] }"""),
        };
        foreach (Type kind in new[] { typeof(Layer), typeof(Optimizer), typeof(LearningRateSchedule) })
        {
            definitions[kind.Name] = new JsonObject { ["oneOf"] = new JsonArray([.. Derived(kind).Select(type => (JsonNode)new JsonObject { ["$ref"] = Definitions + type.Name })]) };
            foreach (Type type in Derived(kind)) definitions[type.Name] = ObjectSchema(type, type.Name);
        }

        foreach (Type type in new[] { typeof(TrainingPlan), typeof(Augmentation), typeof(EarlyStopping) }) definitions[type.Name] = ObjectSchema(type);
        var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "A DigitML recipe" };
        foreach ((string name, JsonNode? value) in ObjectSchema(typeof(Recipe)).ToArray()) schema[name] = value?.DeepClone();
        schema["$defs"] = definitions;
        return schema.ToJsonString(new(StrictJson.Options)) + "\n";
    }

    private static JsonObject ObjectSchema(Type type, string? discriminator = null)
    {
        var properties = new JsonObject();
        if (discriminator is not null) properties["type"] = new JsonObject { ["const"] = discriminator };
        foreach (ParameterInfo setting in SettingsOf(type))
        {
            JsonObject property = ValueSchema(type, setting);
            property["description"] = XmlDocs.Property(type, setting.Name!);
            properties[XmlDocs.JsonName(setting.Name!)] = property;
        }

        IEnumerable<string> required = SettingsOf(type).Where(setting => !setting.HasDefaultValue).Select(setting => XmlDocs.JsonName(setting.Name!));
        return new JsonObject
        {
            ["description"] = XmlDocs.Summary(type),
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray([.. (discriminator is null ? required : required.Prepend("type")).Select(name => (JsonNode)name)]),
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject ValueSchema(Type owner, ParameterInfo setting) => IsClassCount(owner, setting) ? new() { ["$ref"] = Definitions + "classCount" } : ValueSchema(setting.ParameterType);

    private static JsonObject ValueSchema(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return new() { ["type"] = "string" };
        if (type == typeof(bool)) return new() { ["type"] = "boolean" };
        if (type == typeof(int)) return new() { ["type"] = "integer" };
        if (type == typeof(ulong)) return new() { ["type"] = "integer", ["minimum"] = 0 };
        if (type == typeof(float) || type == typeof(double)) return new() { ["type"] = "number" };
        if (type == typeof(Size2D)) return new() { ["$ref"] = Definitions + "size" };
        if (type == typeof(Padding)) return new() { ["$ref"] = Definitions + "padding" };
        if (type.IsEnum) return new() { ["enum"] = new JsonArray([.. Words(type).Select(word => (JsonNode)word.Word)]) };
        if (ItemOf(type) is { } item) return new() { ["type"] = "array", ["items"] = ValueSchema(item) };
        return new() { ["$ref"] = Definitions + type.Name };
    }

    private static string ValueText(Type owner, ParameterInfo setting) => IsClassCount(owner, setting) ? "whole number or `\"classes\"`" : ValueText(setting.ParameterType);

    private static string ValueText(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(int) || type == typeof(ulong)) return "whole number";
        if (type == typeof(float) || type == typeof(double)) return "number";
        if (type == typeof(Size2D)) return "whole number or [height, width]";
        if (type == typeof(Padding)) return "`\"same\"`, `\"valid\"` or [top, left, bottom, right]";
        if (type.IsEnum) return string.Join(", ", Words(type).Select(word => $"`\"{word.Word}\"`"));
        if (type == typeof(ImmutableArray<Layer>)) return "list of layers";
        if (type == typeof(ImmutableArray<Layer>[])) return "list of lists of layers";
        if (ItemOf(type) is { } item) return $"list of {ValueText(item)}s";
        return "object, see below";
    }

    private static string DefaultText(ParameterInfo setting) => !setting.HasDefaultValue ? "required" : setting.DefaultValue switch
    {
        null when setting.ParameterType == typeof(Size2D) => setting.Name == "PoolSize" ? "2" : setting.Member.DeclaringType == typeof(Conv2D) ? "1" : "the pool size",
        null when setting.ParameterType == typeof(Padding) => "`\"valid\"`",
        null => "none",
        "" => "",
        bool flag => flag ? "true" : "false",
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        { } value when setting.ParameterType.IsEnum => $"`\"{Words(setting.ParameterType).Single(word => word.Field.GetValue(null)!.Equals(Enum.ToObject(setting.ParameterType, value))).Word}\"`",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // What each word of a choice means.
    private static IEnumerable<string> Choices(Type type) =>
        type.IsEnum ? Words(type).Select(word => $"`\"{word.Word}\"`: {char.ToLowerInvariant(XmlDocs.EnumMember(word.Field)[0])}{XmlDocs.EnumMember(word.Field)[1..]}") : [];

    private static (string Word, FieldInfo Field)[] Words(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? XmlDocs.JsonName(field.Name), field))];

    private static bool IsClassCount(Type owner, ParameterInfo setting) =>
        (owner == typeof(Dense) && setting.Name == nameof(Dense.Units)) || (owner == typeof(Conv2D) && setting.Name == nameof(Conv2D.Filters));

    private static Type? ItemOf(Type type) => type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) ? type.GetGenericArguments()[0] : null;

    private static Type[] Derived(Type type) => [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(derived => derived.DerivedType)];

    private static ParameterInfo[] SettingsOf(Type type) => type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)?.GetParameters() ?? [];
}
