using Microsoft.AspNetCore.Http;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace DigitML.Server;

/// <summary>Receives the body of a request.</summary>
internal static class RequestBody
{
    /// <summary>Copies the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="maxBytes">Maximum number of bytes; they are counted as they arrive, whatever the server or a header says.</param>
    /// <param name="cancellation">Cancels the copy.</param>
    /// <exception cref="RequestRefusedException">The body is too large (413), or was not received in time (408).</exception>
    internal static async Task CopyAsync(HttpRequest request, Stream destination, long maxBytes, CancellationToken cancellation)
    {
        byte[] buffer = new byte[1 << 14];
        long length = 0;
        try
        {
            if (request.ContentLength > maxBytes) throw TooLarge("The body", maxBytes);
            while (true)
            {
                int count = await request.Body.ReadAsync(buffer, cancellation);
                if (count == 0) return;
                length += count;
                if (length > maxBytes) throw TooLarge("The body", maxBytes);
                await destination.WriteAsync(buffer.AsMemory(0, count), cancellation);
            }
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge("The body", maxBytes);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw new RequestRefusedException(StatusCodes.Status408RequestTimeout, "The body was not received in time; send it again, faster.");
        }
    }

    /// <summary>The refusal of data that is larger than a limit.</summary>
    internal static RequestRefusedException TooLarge(string what, long maxBytes)
    {
        string limit = maxBytes >= 1 << 20 ? $"{maxBytes / (double)(1 << 20):0.##} MiB" : $"{maxBytes} bytes";
        return new(StatusCodes.Status413PayloadTooLarge, $"{what} is larger than {limit}, the most that is accepted here; send less.");
    }
}
