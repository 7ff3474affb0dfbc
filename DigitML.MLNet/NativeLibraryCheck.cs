using DigitML.Engine;
using Microsoft.ML;

namespace DigitML.MLNet;

/// <summary>Wraps an estimator whose trainer may be native code: if its library is missing, the error is one line.</summary>
/// <param name="name">The trainer's name.</param>
/// <param name="estimator">The wrapped estimator.</param>
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
            throw new DigitMLException($"The trainer \"{name}\" needs a library that was not found: {missing.Message.Split('\n')[0].Trim()}", e);
        }
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => estimator.GetOutputSchema(inputSchema);

    // Trees grow on several threads, so the exception may occur several times.
    private static DllNotFoundException? Missing(Exception failure) => failure switch
    {
        DllNotFoundException missing => missing,
        AggregateException several => several.InnerExceptions.Select(Missing).FirstOrDefault(missing => missing is not null),
        _ => failure.InnerException is { } inner ? Missing(inner) : null,
    };
}
