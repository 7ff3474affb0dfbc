using DigitML.Data.Layouts;
using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Experiments.RunFiles;

namespace DigitML.Experiments.Runs;

/// <summary>Compares an existing run with the requested one.</summary>
internal static class PlanDifference
{
    /// <summary>How a plan differs from the one that a request would create: "recipe or seed", "data", ...; null if they are the same and the run need not be repeated.</summary>
    /// <exception cref="DigitMLException">The request's files cannot be read.</exception>
    internal static string? Of(RunPlan plan, TrainingRequest request)
    {
        (string data, string? test) = DefaultData.Or(request.Data, request.TestData);
        if (plan.Recipe is null || Text(plan.Recipe) != Text(request.ResolveRecipe())) return "recipe or seed";
        if (plan.Data.Sha256 != InputFileInfo.Of(data).Sha256) return "data";
        if (plan.TestData?.Sha256 != (test is null ? null : InputFileInfo.Of(test).Sha256)) return "test data";
        if (StrictJson.Write(plan.Layout ?? FileLayout.Found) != StrictJson.Write(request.Layout)) return "layout of the data";
        if (plan.Split.ValidationRows != RunInputs.RowsHeldOut(plan.Data.Rows!.Value, plan.Classes.Length, request.ValidationFraction)) return "number of validation rows";
        if (plan.Split.Seed != request.SplitSeed) return "choice of validation rows";
        if (plan.NumericMode != request.Device.Mode) return "numeric mode";
        return plan.BaseModel?.Sha256 != (request.BaseModel is null ? null : InputFileInfo.Of(request.BaseModel).Sha256) ? "model to retrain" : null;

        static string Text(Recipe recipe) => StrictJson.Write(recipe with { Description = "" });
    }
}
