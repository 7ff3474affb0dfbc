namespace DigitML.Server;

/// <summary>A request is refused; it is answered with problem details.</summary>
/// <param name="status">The HTTP status, with the meaning of RFC 9110.</param>
/// <param name="detail">One line for the client: what is wrong, the value, the rule, the way out.</param>
internal sealed class RequestRefusedException(int status, string detail) : Exception(detail)
{
    internal int Status { get; } = status;
}
