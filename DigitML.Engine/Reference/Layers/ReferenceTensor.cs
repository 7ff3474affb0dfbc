using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>A minibatch of values in double precision, N x C x H x W row-major; a vector of features has H = W = 1.</summary>
internal sealed class ReferenceTensor(int count, Shape shape)
{
    /// <summary>Samples.</summary>
    internal int N { get; } = count;

    /// <summary>Channels, or features of a vector.</summary>
    internal int C { get; } = shape.Channels;

    /// <summary>Rows.</summary>
    internal int H { get; } = shape.Height;

    /// <summary>Columns.</summary>
    internal int W { get; } = shape.Width;

    /// <summary>Shape of one sample.</summary>
    internal Shape Shape { get; } = shape;

    /// <summary>N x C x H x W values.</summary>
    internal double[] Values { get; } = new double[count * shape.Size];

    /// <summary>Sample n, channel c, row h, column w.</summary>
    internal ref double this[int n, int c, int h, int w] => ref Values[((n * C + c) * H + h) * W + w];

    /// <summary>Sample n, feature c of a vector.</summary>
    internal ref double this[int n, int c] => ref Values[n * C + c];

    /// <summary>Copies the first <paramref name="count"/> samples of single-precision values in the same order.</summary>
    internal static ReferenceTensor From(ReadOnlySpan<float> values, int count, Shape shape)
    {
        var tensor = new ReferenceTensor(count, shape);
        for (int i = 0; i < tensor.Values.Length; i++) tensor.Values[i] = values[i];
        return tensor;
    }
}
