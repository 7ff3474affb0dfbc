using DigitML.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace DigitML.Server;

/// <summary>Answers a request in time, or says why not: every failure becomes problem details (RFC 9457) of one line, without a stack trace.</summary>
internal static class RequestGuard
{
    // Nothing is known about when the work under way ends; a client that waits this long does not add to the load.
    private const string RetryAfterSeconds = "2";

    // Nginx's status for a client that left; nobody receives it, the metrics show it.
    private const int ClientLeft = 499;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="time">How long it may take.</param>
    /// <param name="answer">Gets a token that is cancelled when the time is over or the client has left.</param>
    internal static async Task<IResult> RunAsync(HttpContext context, TimeSpan time, Func<CancellationToken, Task<IResult>> answer)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(time);
        try
        {
            return await answer(deadline.Token);
        }
        catch (RequestRefusedException refusal)
        {
            return Problem(context, refusal.Status, refusal.Message);
        }
        catch (DigitMLException failure)
        {
            return Problem(context, StatusCodes.Status400BadRequest, failure.Message);
        }
        catch (BadHttpRequestException failure)
        {
            return Problem(context, failure.StatusCode, failure.StatusCode == StatusCodes.Status408RequestTimeout
                ? "The body arrived too slowly or not at all; send it again, faster."
                : failure.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return TypedResults.StatusCode(ClientLeft);
        }
        catch (OperationCanceledException)
        {
            return Problem(context, StatusCodes.Status503ServiceUnavailable, $"The request was not answered within {time.TotalSeconds:0.###} seconds; send it again later.");
        }
    }

    private static ProblemHttpResult Problem(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = RetryAfterSeconds;

        // What is left of the body is not received.
        if (status is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge && context.Request.Protocol == HttpProtocol.Http11) context.Response.Headers.Connection = "close";
        return TypedResults.Problem(detail, statusCode: status);
    }
}
