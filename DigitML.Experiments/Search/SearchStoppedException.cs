using DigitML.Model.Files;

namespace DigitML.Experiments.Search;

/// <summary>A search was stopped by the user; what it found is kept.</summary>
/// <param name="tried">Number of recipes tried.</param>
/// <param name="nextCommand">The command that trains the best of them.</param>
internal sealed class SearchStoppedException(int tried, string nextCommand) : OperationCanceledException(
    $"Stopped after {DisplayText.Count(tried, "recipe")}. To train the best so far, run:{Environment.NewLine}  {nextCommand}");
