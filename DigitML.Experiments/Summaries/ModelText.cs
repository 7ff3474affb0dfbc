using System.Globalization;
using DigitML.Model.Files;
using DigitML.Model;

namespace DigitML.Experiments.Summaries;

/// <summary>Describes the networks and image positions that a model averages.</summary>
internal static class ModelText
{
    /// <summary>Number of trained parameters in all its networks.</summary>
    internal static int Parameters(DigitModel model) => model.Members.Sum(member => member.Network.TrainableParameterCount);

    /// <summary>"3 networks, 43,056 parameters, test-time shifts of 1 pixel"; without shifts, the last part is omitted.</summary>
    internal static string Describe(DigitModel model) => string.Create(CultureInfo.InvariantCulture,
        $"{DisplayText.Count(model.Members.Length, "network")}, {Parameters(model):N0} parameters")
        + (model.TestTimeShift == 0 ? "" : $", test-time shifts of {DisplayText.Count(model.TestTimeShift, "pixel")}");

    /// <summary>"Scores are the mean over 3 networks and 5 positions of each image (unshifted; shifted by 1 pixel up, down, left, right)."; null if nothing is averaged.</summary>
    internal static string? Averaging(DigitModel model)
    {
        string positions = $"5 positions of each image (unshifted; shifted by {DisplayText.Count(model.TestTimeShift, "pixel")} up, down, left, right)";
        return (model.IsEnsemble, model.TestTimeShift > 0) switch
        {
            (false, false) => null,
            (true, false) => $"Scores are the mean over {model.Members.Length} networks.",
            (false, true) => $"Scores are the mean over {positions}.",
            (true, true) => $"Scores are the mean over {model.Members.Length} networks and {positions}.",
        };
    }
}
