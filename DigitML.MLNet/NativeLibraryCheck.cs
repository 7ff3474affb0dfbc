using DigitML.Engine;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>An estimator whose trainer may be native code: where its library is missing, the failure is one line.</summary>
/// <param name="name">The trainer's name.</param>
/// <param name="estimator">What does the work.</param>
internal sealed class NativeLibraryCheck(string name, IEstimator<ITransformer> estimator) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        try
        {
            return estimator.Fit(input);
        }
        catch (Exception e) when (Missing(e) is { } missing)
        {
            throw new DigitMLException($"The trainer \"{name}\" needs a library that is not here: {missing.Message.Split('\n')[0].Trim()}", e);
        }
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => estimator.GetOutputSchema(inputSchema);

    // Trees grow on several threads, so that it may be there several times.
    private static DllNotFoundException? Missing(Exception failure) => failure switch
    {
        DllNotFoundException missing => missing,
        AggregateException several => several.InnerExceptions.Select(Missing).FirstOrDefault(missing => missing is not null),
        _ => failure.InnerException is { } inner ? Missing(inner) : null,
    };
}
