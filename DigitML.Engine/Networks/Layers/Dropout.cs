using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>
/// While training, sets each value to 0 with probability <paramref name="Rate"/> and divides the others by 1 − Rate; otherwise passes values through.
/// Srivastava et al. 2014, "Dropout".
/// </summary>
/// <param name="Rate">Probability of dropping, from 0 up to but not including 1.</param>
public sealed record Dropout(float Rate) : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "dropout";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        Rate is >= 0 and < 1 ? input : throw new DigitMLException($"Dropout has a rate of {Rate}; a rate is from 0 up to but not including 1.");

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
