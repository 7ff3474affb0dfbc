namespace DigitML.Engine;

/// <summary>
/// A failure whose <see cref="Exception.Message"/> is one clear line for the person who gave the input: what was being read
/// or built, the value received, the rule it breaks, the way out.
/// </summary>
public class DigitMLException : Exception
{
    /// <summary>Creates the exception with its one-line message.</summary>
    public DigitMLException(string message) : base(message) { }

    /// <summary>Creates the exception with its one-line message and its cause.</summary>
    public DigitMLException(string message, Exception innerException) : base(message, innerException) { }
}
