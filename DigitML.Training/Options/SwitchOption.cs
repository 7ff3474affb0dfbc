using System.CommandLine;

namespace DigitML.Training.Options;

/// <summary>Options that say yes or no; null where they are not given.</summary>
internal static class SwitchOption
{
    /// <summary>The option; without a value it says yes.</summary>
    internal static Option<bool?> Create(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "yes|no",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 0 ? "yes" : result.Tokens[0].Value;
            if (text is "yes" or "true") return true;
            if (text is "no" or "false") return false;
            result.AddError($"{name} is \"{text}\"; it must be yes or no.");
            return null;
        },
    };
}
