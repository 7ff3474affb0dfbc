using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DigitML.Engine.Networks;

/// <summary>
/// One step of a <see cref="Network"/>: hyperparameters and the rule that gives its output shape. A layer holds no weights and
/// runs nothing; a device compiles it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Conv2D), nameof(Conv2D))]
[JsonDerivedType(typeof(MaxPool2D), nameof(MaxPool2D))]
[JsonDerivedType(typeof(AveragePool2D), nameof(AveragePool2D))]
[JsonDerivedType(typeof(GlobalAveragePool2D), nameof(GlobalAveragePool2D))]
[JsonDerivedType(typeof(Dense), nameof(Dense))]
[JsonDerivedType(typeof(BatchNorm), nameof(BatchNorm))]
[JsonDerivedType(typeof(ReLU), nameof(ReLU))]
[JsonDerivedType(typeof(Dropout), nameof(Dropout))]
[JsonDerivedType(typeof(Flatten), nameof(Flatten))]
[JsonDerivedType(typeof(Softmax), nameof(Softmax))]
[JsonDerivedType(typeof(Resizing), nameof(Resizing))]
public abstract record Layer
{
    private protected Layer() { }

    /// <summary>The type's name in snake case, as layer tables and parameter names show it: "conv2d", "max_pooling2d".</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>The output shape of this layer for an input shape.</summary>
    /// <exception cref="DigitMLException">The layer does not accept this input; the message gives the shape, the rule and the way out.</exception>
    public abstract Shape OutputShape(Shape input);

    /// <summary>The parameters of this layer for an input shape, in a fixed order; empty for most layers.</summary>
    public virtual ImmutableArray<ParameterSpec> Parameters(Shape input) => [];

    /// <summary>Calls the visitor's method for this layer's type.</summary>
    public abstract TResult Accept<TArgument, TResult>(ILayerVisitor<TArgument, TResult> visitor, TArgument argument);
}

/// <summary>One case per layer type, so that a device, a file format or a table that misses a layer does not compile.</summary>
public interface ILayerVisitor<in TArgument, out TResult>
{
    /// <summary>Handles a convolution layer.</summary>
    TResult Visit(Conv2D layer, TArgument argument);

    /// <summary>Handles a max-pooling layer.</summary>
    TResult Visit(MaxPool2D layer, TArgument argument);

    /// <summary>Handles an average-pooling layer.</summary>
    TResult Visit(AveragePool2D layer, TArgument argument);

    /// <summary>Handles a global average-pooling layer.</summary>
    TResult Visit(GlobalAveragePool2D layer, TArgument argument);

    /// <summary>Handles a fully connected layer.</summary>
    TResult Visit(Dense layer, TArgument argument);

    /// <summary>Handles a batch normalisation layer.</summary>
    TResult Visit(BatchNorm layer, TArgument argument);

    /// <summary>Handles a ReLU layer.</summary>
    TResult Visit(ReLU layer, TArgument argument);

    /// <summary>Handles a dropout layer.</summary>
    TResult Visit(Dropout layer, TArgument argument);

    /// <summary>Handles a flatten layer.</summary>
    TResult Visit(Flatten layer, TArgument argument);

    /// <summary>Handles a softmax layer.</summary>
    TResult Visit(Softmax layer, TArgument argument);

    /// <summary>Handles a layer that scales images.</summary>
    TResult Visit(Resizing layer, TArgument argument);
}
