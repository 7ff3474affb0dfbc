using DigitML.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace DigitML.Server;

/// <summary>Answers a request in time, or explains why not: every failure becomes problem details (RFC 9457) of one line, without a stack trace.</summary>
internal static class RequestGuard
{
    // It is not known when the current work ends; a client that waits this long does not add to the load.
    private const string RetryAfterSeconds = "2";

    // Nginx's status for a client that disconnected; nobody receives it, but the metrics show it.
    private const int ClientLeft = 499;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="time">Time limit.</param>
    /// <param name="answer">Receives a token that is cancelled on timeout or when the client disconnects.</param>
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

    /// <summary>Refuses what a path's other endpoint does not accept, with its content types.</summary>
    internal static void RefuseOtherTypes(IEndpointRouteBuilder app, string path, IEnumerable<string> accepted)
    {
        string detail = $"The content type is not accepted here; it must be one of {string.Join(", ", accepted)}.";
        app.MapPost(path, () => TypedResults.Problem(detail, statusCode: StatusCodes.Status415UnsupportedMediaType)).WithOrder(1).ExcludeFromDescription();
    }

    private static ProblemHttpResult Problem(HttpContext context, int status, string detail)
    {
        if (status == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = RetryAfterSeconds;

        // The rest of the body is not received.
        if (status is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge && context.Request.Protocol == HttpProtocol.Http11) context.Response.Headers.Connection = "close";
        return TypedResults.Problem(detail, statusCode: status);
    }
}
