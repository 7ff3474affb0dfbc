using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>The forward pass of a convolution with stride 1 by minimal filtering: y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A, with one matrix product per point.</summary>
internal sealed unsafe class WinogradForward<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private readonly WinogradShape shape;
    private readonly int inputs;
    private readonly ParityTransform<TVector, TSimd> toPoints, toOutputs;
    private readonly PointWeights<TVector, TSimd> weights;
    private readonly NativeBuffer pointWeights;

    /// <param name="shape">Tiles.</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="packed">The packed weights: rows run over (kh, kw, input channel).</param>
    /// <param name="strips">Receives the requests for buffers.</param>
    internal WinogradForward(WinogradShape shape, int inputs, PanelLayout packed, WinogradStripPlan strips)
    {
        this.shape = shape;
        this.inputs = inputs;
        toPoints = new ParityTransform<TVector, TSimd>(shape.Tile.Input);
        toOutputs = new ParityTransform<TVector, TSimd>(shape.Tile.Output);
        weights = new PointWeights<TVector, TSimd>(shape.Tile, inputs, packed, isMirrored: false);
        pointWeights = new NativeBuffer(weights.Length);
        strips.Require((long)shape.Points * shape.InputStride, (long)shape.Points * shape.OutputStride, scratch: shape.Points * TSimd.Lanes);
    }

    /// <summary>Parts of <see cref="Prepare"/>.</summary>
    internal int PrepareParts => weights.Parts;

    /// <summary>Number of weights that a run reads again and again.</summary>
    internal long ResidentFloats => weights.Length;

    /// <summary>Images whose tiles fill the rows of a product.</summary>
    internal int PreferredImages => (WinogradShape.FullRows + shape.PerImage - 1) / shape.PerImage;

    /// <summary>U = G g Gᵀ of one part of the filters.</summary>
    internal void Prepare(float* packedWeights, int part) => weights.Evaluate(packedWeights, pointWeights.Pointer, part);

    /// <summary>Runs some images.</summary>
    /// <param name="strip">The thread's buffers.</param>
    /// <param name="x">The window of output pixel (0, 0) of the first image.</param>
    /// <param name="input">Layout of the inputs.</param>
    /// <param name="y">Output pixel (0, 0) of the first image.</param>
    /// <param name="output">Layout of the outputs.</param>
    /// <param name="images">Images.</param>
    /// <param name="finish">Bias, ReLU, factor and offset of the outputs.</param>
    internal void Run(WinogradStrip strip, float* x, ImageLayout input, float* y, ImageLayout output, int images, ChannelOutput finish)
    {
        int tiles = images * shape.PerImage, size = shape.StripSize(tiles), side = shape.Tile.Outputs;

        // With one panel of outputs a product has read its inputs before it writes: half the memory, which stays in a nearer cache.
        float* outputs = weights.Panels.Panels == 1 && shape.InputChannels == shape.OutputChannels ? strip.Inputs : strip.Outputs;
        for (int first = 0; first < tiles; first += size)
        {
            int count = Math.Min(size, tiles - first);
            TileEvaluation<TVector, TSimd>.Run(
                shape, toPoints, first, count, x, input, shape.InputChannels, strip.Inputs, shape.InputStride, strip.Scratch);
            PointProducts<TVector, TSimd>.Multiply(
                shape.Points, count, strip.Inputs, shape.InputStride, shape.InputChannels, inputs, pointWeights.Pointer, weights.Stride, weights.Panels,
                outputs, shape.OutputStride, shape.OutputChannels);
            var tile = new TileWalk(shape, first);
            for (int t = 0; t < count; t++, tile.Next())
            {
                toOutputs.JoinAndFinish(
                    shape.OutputChannels / TSimd.Lanes, outputs + t * shape.OutputChannels, shape.OutputStride, tile.CornerOf(y, output), output.RowStride,
                    output.PixelStride, Math.Min(side, output.Height - tile.Row), Math.Min(side, output.Width - tile.Column), in finish, strip.Scratch);
            }
        }
    }

    public void Dispose() => pointWeights.Dispose();
}
