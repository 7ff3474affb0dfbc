using DigitML.Engine;

namespace DigitML.Model.Images;

/// <summary>A picture has more pixels than the limits allow.</summary>
internal sealed class DigitImageTooLargeException(string message) : DigitMLException(message);
