using DigitML.Engine.Cpu;
using DigitML.Engine.Networks;
using DigitML.Experiments.CommandLines;
using DigitML.Experiments.RunFiles;
using DigitML.Model.Files;
using static System.FormattableString;

namespace DigitML.Experiments.Runs;

/// <summary>Announces what a run is about to do.</summary>
internal static class RunAnnouncement
{
    /// <param name="output">Receives the text.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="inputs">Its rows.</param>
    /// <param name="layers">The network's layer table; null to leave it out.</param>
    internal static void Write(TextWriter output, RunFolder folder, RunPlan plan, RunInputs inputs, string? layers)
    {
        output.WriteLine(Invariant($"Training \"{plan.Recipe!.Name}\" on {plan.Data.Rows:N0} images of {plan.ImageHeight}x{plan.ImageWidth} in {plan.Classes.Length} classes"));
        output.WriteLine($"  data:        {CommandLineText.Relative(plan.Data.Path)}");
        output.WriteLine($"  read as:     {inputs.Reading}");
        output.WriteLine(plan.Split.ValidationRows > 0
            ? Invariant($"  validation:  {plan.Split.ValidationRows:N0} of its rows, held out (seed {plan.Split.Seed ?? plan.Seed}{(plan.Split.Seed is null ? "" : ", for every network")}); {plan.Split.TrainingRows:N0} for training")
            : "  validation:  none; all rows are used for training");
        output.WriteLine(plan.TestData is { } test
            ? Invariant($"  test:        {test.Rows:N0} rows of {CommandLineText.Relative(test.Path)}; scored once, at the end")
            : $"  test:        none; {(plan.Split.ValidationRows > 0 ? "metrics are computed on the validation rows" : "there will be no metrics")}");
        if (inputs.Test is { } tested && tested.Reading != inputs.Reading) output.WriteLine($"  read as:     {tested.Reading}");
        if (plan.BaseModel is { } model) output.WriteLine($"  base model:  {CommandLineText.Relative(model.Path)}");
        if (inputs.NetworkOf(plan.Recipe).Layers[0].Layer is Resizing scaled)
        {
            output.WriteLine($"  scaling:     images of {plan.ImageHeight}x{plan.ImageWidth} are scaled to {scaled.Height}x{scaled.Width} by the network");
        }

        string[] missing = [.. inputs.Labels.Labels.Where((_, key) => !inputs.Training.Labels.AsSpan().Contains(key))];
        if (missing.Length > 0) output.WriteLine($"  note:        no training rows of {DisplayText.Few(missing)}; the model {(plan.BaseModel is null ? "cannot learn" : "may forget")} {(missing.Length == 1 ? "this class" : "these classes")}");
        WriteNotes(output, inputs);
        output.WriteLine($"  device:      {plan.Device.Name}: {plan.Device.Description}");
        output.WriteLine($"  run folder:  {folder.Path}");
        output.WriteLine();
        if (layers is not null) output.WriteLine(layers);
    }

    /// <summary>What was taken from the files, and what stands out among their rows.</summary>
    internal static void WriteReading(TextWriter output, RunInputs inputs)
    {
        output.WriteLine($"  read as:     {inputs.Reading}");
        if (inputs.Test is { } tested && tested.Reading != inputs.Reading) output.WriteLine($"  test:        read as {tested.Reading}");
        WriteNotes(output, inputs);
    }

    /// <summary>The recipe, and the algorithm of each convolution.</summary>
    internal static void WriteDetails(TextWriter output, RunPlan plan)
    {
        output.WriteLine(plan.Recipe!.ToJson().TrimEnd());
        foreach (ConvolutionAlgorithm one in plan.Algorithms) output.WriteLine($"  {one}");
        output.WriteLine();
    }

    private static void WriteNotes(TextWriter output, RunInputs inputs)
    {
        foreach (string note in inputs.Notes) output.WriteLine($"  note:        {note} (digitml data check lists them)");
    }
}
