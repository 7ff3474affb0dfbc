using System.Collections.Immutable;
using System.Text.Json;
using DigitML.Engine;
using DigitML.Model;

namespace DigitML.Data.Recipes;

/// <summary>One network of an ensemble, as the ensemble's file records it.</summary>
/// <param name="Name">The network's name, which is its recipe's.</param>
/// <param name="Parameters">Trained parameters.</param>
/// <param name="Seed">The seed of its training run.</param>
/// <param name="Recipe">Its recipe.</param>
internal sealed record MemberInfo(string Name, int Parameters, ulong? Seed = null, JsonElement? Recipe = null)
{
    /// <summary>The details of each network of a model, from its metadata.</summary>
    internal static ImmutableArray<MemberInfo> Of(DigitModel model)
    {
        if (!model.IsEnsemble) return [new(model.Name, model.Network.TrainableParameterCount, model.Metadata.Seed, Parse(model.Metadata.RecipeJson))];
        return Read(model.Metadata.MembersJson) is { } members && members.Length == model.Members.Length
            ? members
            : [.. model.Members.Select(member => new MemberInfo(member.Network.Name, member.Network.TrainableParameterCount))];
    }

    /// <summary>The details as a model's metadata store them.</summary>
    internal static string Write(IEnumerable<MemberInfo> members) => StrictJson.Write(members.ToArray());

    private static ImmutableArray<MemberInfo>? Read(string? json)
    {
        try
        {
            return json is null ? null : [.. StrictJson.Read<MemberInfo[]>("members", json)];
        }
        catch (DigitMLException)
        {
            // Another program wrote it; the details are taken from the networks themselves.
            return null;
        }
    }

    private static JsonElement? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
