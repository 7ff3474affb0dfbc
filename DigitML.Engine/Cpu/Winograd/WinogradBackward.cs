using DigitML.Engine.Cpu.Inference;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>
/// Both gradients of a convolution with stride 1 by minimal filtering, transposed: one transform Z = A dY Aᵀ serves both. dU = Vᵀ Z and dW = Gᵀ dU G;
/// dV = Z Uᵀ and dX adds up B dV Bᵀ of tiles that overlap.
/// </summary>
/// <param name="shape">Tiles.</param>
/// <param name="inputs">Input channels.</param>
/// <param name="outputs">Output channels.</param>
/// <param name="packed">The packed weights: rows run over (kh, kw, input channel).</param>
/// <param name="mirroredPacked">The mirrored weights: rows run over (kh, kw, output channel) backwards.</param>
internal sealed unsafe class WinogradBackward<TVector, TSimd>(
    WinogradShape shape, int inputs, int outputs, PanelLayout packed, PanelLayout mirroredPacked) : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly PanelLayout panels = packed with { Rows = inputs }, transposedPanels = mirroredPacked with { Rows = outputs };
    private readonly int weightStride = WinogradShape.WeightStride(packed with { Rows = inputs });
    private readonly int transposedStride = WinogradShape.WeightStride(mirroredPacked with { Rows = outputs });
    private readonly NativeBuffer transposed = new((long)shape.Points * WinogradShape.WeightStride(mirroredPacked with { Rows = outputs }));
    private readonly Pool<WinogradStrip> strips = new(() => shape.NewStrip(TSimd.Lanes));
    private readonly Pool<NativeBuffer> sums = new(() => new NativeBuffer((long)shape.Points * WinogradShape.WeightStride(packed with { Rows = inputs })));

    /// <summary>Uᵀ of every filter, from the mirrored weights.</summary>
    internal void Prepare(float* mirroredWeights)
    {
        WinogradStrip strip = strips.Take();
        int taps = shape.Tile.Taps;
        for (int o = 0; o < outputs; o++)
        {
            for (int c = 0; c < mirroredPacked.Columns; c += TSimd.Lanes)
            {
                nint right = -(nint)outputs * mirroredPacked.VectorsOf(c / (2 * TSimd.Lanes)) * TSimd.Lanes;
                float* firstTap = mirroredWeights + mirroredPacked.PositionOf((taps * taps - 1) * outputs + o, c);
                ParityTransform<TVector, TSimd>.Evaluate(
                    shape.Tile.Weight, firstTap, taps * right, right, transposed.Pointer + transposedPanels.PositionOf(o, c), transposedStride, strip.Scratch);
            }
        }

        strips.Return(strip);
    }

    /// <summary>Room for the weight gradient at the points; the first <see cref="Run"/> is to replace what it holds.</summary>
    internal NativeBuffer BeginSums() => sums.Take();

    /// <summary>Adds dW = Gᵀ dU G to packed sums and takes the buffer back.</summary>
    internal void EndSums(NativeBuffer pointSums, float* packedSums)
    {
        WinogradStrip strip = strips.Take();
        int taps = shape.Tile.Taps * shape.Tile.Taps;
        for (int c = 0; c < inputs; c++)
        {
            for (int o = 0; o < packed.Columns; o += TSimd.Lanes)
            {
                ParityTransform<TVector, TSimd>.Join(
                    shape.Tile.Weight, pointSums.Pointer + panels.PositionOf(c, o), weightStride, strip.Tile, strip.Scratch);
                for (int tap = 0; tap < taps; tap++)
                {
                    float* sum = packedSums + packed.PositionOf(tap * inputs + c, o);
                    TSimd.Store(TSimd.Add(TSimd.Load(sum), TSimd.Load(strip.Tile + tap * TSimd.Lanes)), sum);
                }
            }
        }

        strips.Return(strip);
        sums.Return(pointSums);
    }

    /// <summary>Runs some images.</summary>
    /// <param name="images">Images.</param>
    /// <param name="dy">Gradient of output pixel (0, 0) of the first image; 0 beyond the image as far as tiles reach.</param>
    /// <param name="outputGradient">Where dy lies.</param>
    /// <param name="x">The window of output pixel (0, 0) of the first image; read only for the weight gradient.</param>
    /// <param name="input">Where x lies.</param>
    /// <param name="pointSums">Gets the weight gradient at the points added; null for no weight gradient.</param>
    /// <param name="replaceSums">Whether it is set instead.</param>
    /// <param name="dx">Gradient of input pixel (0, 0) of the first image, to add to; null for no input gradient.</param>
    /// <param name="inputGradient">Where dx lies.</param>
    /// <param name="margins">The convolution's padding.</param>
    internal void Run(
        int images, float* dy, ImageLayout outputGradient, float* x, ImageLayout input, NativeBuffer? pointSums, bool replaceSums, float* dx,
        ImageLayout? inputGradient, Margins margins)
    {
        WinogradStrip strip = strips.Take();
        int tiles = images * shape.PerImage, size = shape.StripSize(tiles);
        for (int first = 0; first < tiles; first += size)
        {
            int count = Math.Min(size, tiles - first);
            TileEvaluation<TVector, TSimd>.Run(
                shape, shape.Tile.Output, first, count, dy, outputGradient, shape.OutputChannels, strip.Outputs, shape.OutputStride, strip.Scratch);
            if (pointSums is not null)
            {
                TileEvaluation<TVector, TSimd>.Run(
                    shape, shape.Tile.Input, first, count, x, input, shape.InputChannels, strip.Inputs, shape.InputStride, strip.Scratch);
                PointProducts<TVector, TSimd>.MultiplyTransposed(
                    shape.Points, count, strip.Inputs, shape.InputStride, shape.InputChannels, inputs, strip.Outputs, shape.OutputStride, shape.OutputChannels,
                    pointSums.Pointer, weightStride, panels, replaceSums && first == 0);
            }

            if (dx == null) continue;
            PointProducts<TVector, TSimd>.Multiply(
                shape.Points, count, strip.Outputs, shape.OutputStride, shape.OutputChannels, outputs, transposed.Pointer, transposedStride, transposedPanels,
                strip.Inputs, shape.InputStride, shape.InputChannels);
            for (int t = 0; t < count; t++) AddTile(first + t, t, strip, dx, inputGradient!, margins);
        }

        strips.Return(strip);
    }

    public void Dispose()
    {
        transposed.Dispose();
        while (strips.TryTake(out WinogradStrip? strip)) strip.Dispose();
        while (sums.TryTake(out NativeBuffer? buffer)) buffer.Dispose();
    }

    // Tiles of dx overlap by the filter's size less one, and reach over the border by the padding.
    private void AddTile(int tile, int slot, WinogradStrip strip, float* dx, ImageLayout layout, Margins margins)
    {
        (int image, int row, int column) = shape.Place(tile);
        int side = shape.Tile.Points, top = row - margins.Top, left = column - margins.Left;
        int firstRow = Math.Max(0, -top), endRow = Math.Min(side, layout.Height - top);
        int firstColumn = Math.Max(0, -left), endColumn = Math.Min(side, layout.Width - left);
        for (int c = 0; c < shape.InputChannels; c += TSimd.Lanes)
        {
            ParityTransform<TVector, TSimd>.Join(
                shape.Tile.Input, strip.Inputs + slot * shape.InputChannels + c, shape.InputStride, strip.Tile, strip.Scratch);
            float* corner = dx + image * (nint)layout.SampleStride + top * (nint)layout.RowStride + left * (nint)layout.PixelStride + c;
            for (int i = firstRow; i < endRow; i++)
            {
                float* source = strip.Tile + i * side * TSimd.Lanes;
                float* destination = corner + i * (nint)layout.RowStride;
                for (int j = firstColumn; j < endColumn; j++)
                {
                    float* pixel = destination + j * (nint)layout.PixelStride;
                    TSimd.Store(TSimd.Add(TSimd.Load(pixel), TSimd.Load(source + j * TSimd.Lanes)), pixel);
                }
            }
        }
    }
}
