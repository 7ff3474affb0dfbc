using System.CommandLine;
using System.Globalization;
using DigitML.Engine.Datasets;
using DigitML.Model;
using DigitML.Model.Files;
using DigitML.Training.Terminals;

namespace DigitML.Training.Options;

/// <summary><c>--normalization</c>: how pixels are scaled for a model file of another program, which does not say it.</summary>
internal static class NormalizationOption
{
    private const string Name = "--normalization", Words = "none|unit|symmetric|standard|MEAN,STD";
    private const double MnistMean = 0.1307, MnistDeviation = 0.3081;

    internal static Option<PixelNormalization?> Create() => new(Name)
    {
        HelpName = Words,
        Description = "How pixels are scaled for a model file of another program: none (0 to 255), unit (0 to 1), symmetric (-1 to 1), standard (MNIST's 0.1307,0.3081, as torchvision does), or a mean and standard deviation of pixels from 0 to 1.",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (Parse(text) is { } normalization) return normalization;
            result.AddError($"{Name} is \"{text}\"; it must be one of none, unit, symmetric, standard, or a mean and a standard deviation, such as 0.1307,0.3081.");
            return null;
        },
    };

    /// <summary>Says that a model's input range is unknown, if it is and nothing was said.</summary>
    internal static void Tell(Terminal terminal, string path, DigitModel model, bool isSaid)
    {
        if (model.IsInputRangeKnown || isSaid) return;
        string writer = model.Metadata.WrittenBy is { Length: > 0 } program ? $" ({DisplayText.Shown(program)})" : "";
        terminal.Error.WriteLine($"warning: {path} is of another program{writer} and does not say which pixels its network learned from; it gets 0 to 255. Say another range with {Name} unit, symmetric, standard or MEAN,STD.");
    }

    private static PixelNormalization? Parse(string text)
    {
        switch (text)
        {
            case "none": return new PixelNormalization(1, 0);
            case "unit": return PixelNormalization.Unit;
            case "symmetric": return PixelNormalization.Symmetric;
            case "standard": return PixelNormalization.Of(MnistMean, MnistDeviation);
        }

        double[] numbers = [.. text.Split(',').Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return numbers is [var mean, > 0 and var deviation] && double.IsFinite(mean) && double.IsFinite(deviation) ? PixelNormalization.Of(mean, deviation) : null;
    }
}
