using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>
/// Normalises each channel over the minibatch (and over the image): y = gamma · (x − µ) / sqrt(σ² + epsilon) + beta, with µ and σ² (the biased variance)
/// of the minibatch while training and their running averages otherwise. Ioffe and Szegedy 2015.
/// </summary>
/// <param name="Momentum">Share of the running average kept at each step: running ← momentum · running + (1 − momentum) · batch.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Center">True if a trained offset (beta) is added.</param>
/// <param name="Scale">True if a trained factor (gamma) is applied.</param>
public sealed record BatchNorm(float Momentum = 0.9f, float Epsilon = 1e-5f, bool Center = true, bool Scale = true) : Layer
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => "batch_normalization";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        if (Momentum is not (>= 0 and < 1)) throw new DigitMLException($"BatchNorm has a momentum of {Momentum}; it must be from 0 up to but not including 1.");
        if (!(Epsilon > 0)) throw new DigitMLException($"BatchNorm has an epsilon of {Epsilon}; it must be greater than 0.");
        return input;
    }

    /// <summary>gamma (where <see cref="Scale"/>), beta (where <see cref="Center"/>), running_mean, running_var, in this order.</summary>
    public override ImmutableArray<ParameterSpec> Parameters(Shape input)
    {
        ImmutableArray<int> dims = [input.Channels];
        var specs = ImmutableArray.CreateBuilder<ParameterSpec>(4);
        if (Scale) specs.Add(new ParameterSpec("gamma", ParameterRole.Scale, dims));
        if (Center) specs.Add(new ParameterSpec("beta", ParameterRole.Bias, dims));
        specs.Add(new ParameterSpec("running_mean", ParameterRole.RunningMean, dims));
        specs.Add(new ParameterSpec("running_var", ParameterRole.RunningVariance, dims));
        return specs.ToImmutable();
    }

    /// <inheritdoc/>
    public override TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument) => visitor.Visit(this, argument);
}
