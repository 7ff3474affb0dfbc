namespace DigitML.Engine.Networks;

/// <summary>The geometry that convolution and pooling share: a window of a size, moved by a stride over a padded image.</summary>
internal static class SlidingWindow
{
    /// <summary>The output shape with <paramref name="channels"/> channels.</summary>
    /// <exception cref="DigitMLException">The input is a vector, a size is not positive, or the window is larger than the padded input.</exception>
    internal static Shape OutputShape(string layer, Shape input, Size2D kernel, Size2D stride, Padding padding, int channels)
    {
        if (input.IsVector)
        {
            throw new DigitMLException($"{layer} needs an image but gets a vector of {input.Channels} features; place it before Flatten.");
        }

        if (kernel.Height < 1 || kernel.Width < 1) throw new DigitMLException($"{layer} has a window of {kernel}; its sides must be at least 1.");
        if (stride.Height < 1 || stride.Width < 1) throw new DigitMLException($"{layer} has a stride of {stride}; it must be at least 1.");
        Margins margins = padding.Resolve(input.Height, input.Width, kernel, stride);
        int paddedHeight = input.Height + margins.Top + margins.Bottom, paddedWidth = input.Width + margins.Left + margins.Right;
        if (kernel.Height > paddedHeight || kernel.Width > paddedWidth)
        {
            throw new DigitMLException(
                $"{layer} has a window of {kernel} but its padded input is {paddedHeight}x{paddedWidth}; use a smaller window, more padding or less pooling before it.");
        }

        return Shape.Image((paddedHeight - kernel.Height) / stride.Height + 1, (paddedWidth - kernel.Width) / stride.Width + 1, channels);
    }

    /// <summary>The output shape of a pooling layer, each of whose windows must include a position inside the image.</summary>
    /// <exception cref="DigitMLException">As for <see cref="OutputShape"/>, or a margin is not smaller than the window.</exception>
    internal static Shape PoolOutputShape(string layer, Shape input, Size2D window, Size2D stride, Padding padding)
    {
        Shape output = OutputShape(layer, input, window, stride, padding, input.Channels);
        Margins margins = padding.Explicit;
        if (Math.Max(margins.Top, margins.Bottom) >= window.Height || Math.Max(margins.Left, margins.Right) >= window.Width)
        {
            throw new DigitMLException($"{layer} has a padding of {padding} but a window of {window}; each margin must be smaller than the window.");
        }

        return output;
    }
}
