using System.CommandLine;

namespace DigitML.Training.Options;

/// <summary>Options that take one of a few words.</summary>
internal static class ChoiceOption
{
    /// <summary>The first word is the default.</summary>
    internal static Option<string> Create(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', words),
            DefaultValueFactory = _ => words[0],
        };
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: string given }] && !words.Contains(given)) result.AddError($"{name} is \"{given}\"; it must be one of {string.Join(", ", words)}.");
        });
        return option;
    }
}
