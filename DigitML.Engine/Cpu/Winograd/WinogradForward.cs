using DigitML.Engine.Cpu.Inference;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>The forward pass of a convolution with stride 1 by minimal filtering: y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, with one matrix product a point.</summary>
/// <param name="shape">Tiles.</param>
/// <param name="inputs">Input channels.</param>
/// <param name="packed">The packed weights: rows run over (kh, kw, input channel).</param>
internal sealed unsafe class WinogradForward<TVector, TSimd>(WinogradShape shape, int inputs, PanelLayout packed) : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly PanelLayout panels = packed with { Rows = inputs };
    private readonly int weightStride = WinogradShape.WeightStride(packed with { Rows = inputs });
    private readonly NativeBuffer weights = new((long)shape.Points * WinogradShape.WeightStride(packed with { Rows = inputs }));
    private readonly Pool<WinogradStrip> strips = new(() => shape.NewStrip(TSimd.Lanes));

    /// <summary>U = G g Gᵀ of every filter.</summary>
    internal void Prepare(float* packedWeights)
    {
        WinogradStrip strip = strips.Take();
        int taps = shape.Tile.Taps;
        for (int c = 0; c < inputs; c++)
        {
            for (int o = 0; o < packed.Columns; o += TSimd.Lanes)
            {
                nint right = (nint)inputs * packed.VectorsOf(o / (2 * TSimd.Lanes)) * TSimd.Lanes;
                ParityTransform<TVector, TSimd>.Evaluate(
                    shape.Tile.Weight, packedWeights + packed.PositionOf(c, o), taps * right, right, weights.Pointer + panels.PositionOf(c, o), weightStride,
                    strip.Scratch);
            }
        }

        strips.Return(strip);
    }

    /// <summary>Runs some images.</summary>
    /// <param name="x">The window of output pixel (0, 0) of the first image.</param>
    /// <param name="input">Where inputs lie.</param>
    /// <param name="y">Output pixel (0, 0) of the first image.</param>
    /// <param name="output">Where outputs lie.</param>
    /// <param name="images">Images.</param>
    /// <param name="epilogue">Applied to each finished row of a tile.</param>
    internal void Run<TEpilogue>(float* x, ImageLayout input, float* y, ImageLayout output, int images, TEpilogue epilogue)
        where TEpilogue : struct, IRowEpilogue<TVector, TSimd>
    {
        WinogradStrip strip = strips.Take();
        int tiles = images * shape.PerImage, size = shape.StripSize(tiles);
        for (int first = 0; first < tiles; first += size)
        {
            int count = Math.Min(size, tiles - first);
            TileEvaluation<TVector, TSimd>.Run(
                shape, shape.Tile.Input, first, count, x, input, shape.InputChannels, strip.Inputs, shape.InputStride, strip.Scratch);
            PointProducts<TVector, TSimd>.Multiply(
                shape.Points, count, strip.Inputs, shape.InputStride, shape.InputChannels, inputs, weights.Pointer, weightStride, panels,
                strip.Outputs, shape.OutputStride, shape.OutputChannels);
            for (int t = 0; t < count; t++)
            {
                (int image, int row, int column) = shape.Place(first + t);
                float* corner = y + image * (nint)output.SampleStride + row * (nint)output.RowStride + column * (nint)output.PixelStride;
                for (int o = 0; o < shape.OutputChannels; o += TSimd.Lanes)
                {
                    ParityTransform<TVector, TSimd>.Join(
                        shape.Tile.Output, strip.Outputs + t * shape.OutputChannels + o, shape.OutputStride, strip.Tile, strip.Scratch);
                    WriteTile(strip.Tile, corner + o, output, row, column, o, epilogue);
                }
            }
        }

        strips.Return(strip);
    }

    public void Dispose()
    {
        weights.Dispose();
        while (strips.TryTake(out WinogradStrip? strip)) strip.Dispose();
    }

    private void WriteTile<TEpilogue>(float* tile, float* corner, ImageLayout output, int row, int column, int channel, TEpilogue epilogue)
        where TEpilogue : struct, IRowEpilogue<TVector, TSimd>
    {
        int side = shape.Tile.Outputs, rows = Math.Min(side, output.Height - row), columns = Math.Min(side, output.Width - column);
        for (int i = 0; i < rows; i++)
        {
            float* source = tile + i * side * TSimd.Lanes;
            float* destination = corner + i * (nint)output.RowStride;
            for (int j = 0; j < columns; j++) TSimd.Store(TSimd.Load(source + j * TSimd.Lanes), destination + j * (nint)output.PixelStride);
            epilogue.Apply(destination, output.PixelStride, columns, channel, row + i);
        }
    }
}
