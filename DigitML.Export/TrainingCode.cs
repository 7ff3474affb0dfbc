using System.Collections.Immutable;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Networks;
using DigitML.Model;

namespace DigitML.Export;

/// <summary>The generated X.training.cs: how a model was trained, as code.</summary>
internal sealed class TrainingCode
{
    private const string Indent = "        ";

    private readonly ImmutableArray<MemberTraining> members;
    private readonly int testTimeShift;

    // One of each kind: networks of the same kind differ only in their seed.
    private readonly ImmutableArray<MemberTraining> kinds;

    /// <param name="members">How each network was trained, in the order of the model's networks.</param>
    /// <param name="testTimeShift">Test-time shifts of the model, in pixels.</param>
    internal TrainingCode(ImmutableArray<MemberTraining> members, int testTimeShift)
    {
        this.members = members;
        this.testTimeShift = testTimeShift;
        kinds = [.. members.Where((member, i) => !members.Take(i).Any(member.IsSameKind))];
    }

    /// <summary>One recipe that trains all the networks; null if there is none because they were trained in different ways.</summary>
    internal Recipe? Recipe
    {
        get
        {
            bool isInTurn = members.Select((member, i) => member.IsSameKind(kinds[i % kinds.Length])).All(isSame => isSame);
            MemberTraining first = members[0];
            return !isInTurn || kinds.Any(kind => kind.SettingsJson != first.SettingsJson) ? null : first.Recipe with
            {
                OtherLayers = kinds.Length > 1 ? [.. kinds.Skip(1).Select(kind => kind.Recipe.Layers)] : null,
                Networks = members.Length,
                TestTimeShift = testTimeShift,
                Training = first.Recipe.Training with { Seed = first.Seed / (ulong)members.Length },
            };
        }
    }

    /// <summary>Values for the template's placeholders.</summary>
    internal IEnumerable<(string Word, string Text)> Words =>
    [
        ("networks", string.Join("\n", members.Select(NetworkText))),
        ("kinds", string.Join("\n\n", kinds.Select(KindText))),
        ("testTimeShift", CSharpText.Of(testTimeShift)),
    ];

    /// <summary>From the metadata of a model; null if it does not say how each of its networks was trained.</summary>
    internal static TrainingCode? Of(DigitModel model)
    {
        ImmutableArray<MemberInfo> infos = MemberInfo.Of(model);
        Recipe?[] recipes = [.. infos.Select(RecipeOf)];
        return Array.IndexOf(recipes, null) >= 0
            ? null
            : new TrainingCode([.. infos.Select((member, i) => new MemberTraining(model.Members[i].Network, recipes[i]!, member.Seed ?? 1))], model.TestTimeShift);
    }

    private string NetworkText(MemberTraining member)
    {
        string suffix = SuffixOf(member);
        string normalization = member.Recipe.Normalization == PixelScaling.Standard ? "PixelNormalization.Standard" : "_ => PixelNormalization.Unit";
        return $"{Indent}new(BuildNetwork{suffix}, Plan{suffix} with {{ Seed = {CSharpText.Of(member.Seed)} }}, {normalization}),";
    }

    private string KindText(MemberTraining kind)
    {
        string suffix = SuffixOf(kind), layers = string.Join("\n", kind.Layers.Select(layer => $"{Indent}{CSharpText.Of(layer)},"));
        string plan = string.Join($",\n{Indent}", CSharpText.Arguments(kind.Recipe.Training with { Seed = 1 }, namesAll: true));
        return $"""
                /// <summary>A network without weights.</summary>
                public static Network BuildNetwork{suffix}() => new({CSharpText.Quoted(kind.Network.Name)}, Shape.Image(Height, Width, 1),
                [
            {layers}
                ]);

                /// <summary>How the network of <see cref="BuildNetwork{suffix}"/> is trained.</summary>
                public static TrainingPlan Plan{suffix} => new(
                    {plan});
            """.ReplaceLineEndings("\n");
    }

    // Empty if there is one kind, else 1, 2, ...
    private string SuffixOf(MemberTraining member) => kinds.Length == 1 ? "" : CSharpText.Of(1 + kinds.ToList().FindIndex(member.IsSameKind));

    private static Recipe? RecipeOf(MemberInfo member)
    {
        try
        {
            return member.Recipe is { } json ? RecipeCatalog.Read("the model's recipe", json.GetRawText()) : null;
        }
        catch (DigitMLException)
        {
            // Another program's text: the model is exported without training code.
            return null;
        }
    }
}

/// <summary>How one network of a model was trained.</summary>
/// <param name="Network">The network.</param>
/// <param name="Recipe">The recipe of this network alone.</param>
/// <param name="Seed">Its seed.</param>
internal sealed record MemberTraining(Network Network, Recipe Recipe, ulong Seed)
{
    /// <summary>The layers.</summary>
    internal IEnumerable<Layer> Layers => Network.Layers.Select(layer => layer.Layer);

    /// <summary>Everything in the recipe except layers, seed and names.</summary>
    internal string SettingsJson { get; } = StrictJson.Write(Recipe.Training with { Seed = 1 }) + Recipe.Normalization;

    /// <summary>True if two networks differ at most in their seed.</summary>
    internal bool IsSameKind(MemberTraining other) => SettingsJson == other.SettingsJson && Layers.SequenceEqual(other.Layers);
}
