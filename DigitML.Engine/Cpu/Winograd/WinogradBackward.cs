using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Winograd;

/// <summary>
/// Both gradients of a convolution with stride 1 by minimal filtering, transposed: one transform Z = A dY Aᵀ serves both. dU = Vᵀ Z and dW = Gᵀ dU G;
/// dV = Z Uᵀ and dX adds up B dV Bᵀ of tiles that overlap.
/// </summary>
internal sealed unsafe class WinogradBackward<TVector, TSimd> : IDisposable
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int FullRows = 32;

    private readonly WinogradShape shape;
    private readonly int inputs, outputs;
    private readonly TileImage<TVector, TSimd> image;
    private readonly ParityTransform<TVector, TSimd> inputsToPoints, outputsToPoints;
    private readonly PointWeights<TVector, TSimd> gradients, transposed;
    private readonly NativeBuffer transposedWeights;
    private readonly long sumsOffset;

    /// <param name="shape">Tiles.</param>
    /// <param name="inputs">Input channels.</param>
    /// <param name="outputs">Output channels.</param>
    /// <param name="packed">The packed weights: rows run over (kh, kw, input channel).</param>
    /// <param name="mirrored">The mirrored weights: rows run over (kh, kw, output channel) backwards.</param>
    /// <param name="strips">Receives the requests for buffers.</param>
    internal WinogradBackward(WinogradShape shape, int inputs, int outputs, PanelLayout packed, PanelLayout mirrored, WinogradStripPlan strips)
    {
        this.shape = shape;
        this.inputs = inputs;
        this.outputs = outputs;
        image = new TileImage<TVector, TSimd>(shape);
        inputsToPoints = new ParityTransform<TVector, TSimd>(shape.Tile.Input);
        outputsToPoints = new ParityTransform<TVector, TSimd>(shape.Tile.Output);
        gradients = new PointWeights<TVector, TSimd>(shape.Tile, inputs, packed, isMirrored: false);
        transposed = new PointWeights<TVector, TSimd>(shape.Tile, outputs, mirrored, isMirrored: true);
        transposedWeights = new NativeBuffer(transposed.Length);
        strips.Require(
            (long)shape.Points * shape.InputStride, (long)shape.Points * shape.OutputStride, (long)PreferredImages * image.Length,
            shape.Points * TSimd.Lanes);
        sumsOffset = strips.TakeSums(gradients.Length);
    }

    /// <summary>Parts of <see cref="Prepare"/>.</summary>
    internal int PrepareParts => transposed.Parts;

    /// <summary>Images at a time: as many as have tiles to fill the rows of a product, but no more than fit into a strip.</summary>
    internal int PreferredImages => Math.Max(1, Math.Min(FullRows, shape.StripTiles) / shape.PerImage);

    /// <summary>Floats of weights and of their gradients that a run passes over again and again.</summary>
    internal long ResidentFloats => transposed.Length + gradients.Length;

    /// <summary>Uᵀ of one part of the filters, from the mirrored weights.</summary>
    internal void Prepare(float* mirroredWeights, int part) => transposed.Evaluate(mirroredWeights, transposedWeights.Pointer, part);

    /// <summary>dW = Gᵀ dU G from the strip's sums, in the packed layout.</summary>
    internal void EndSums(WinogradStrip strip, float* packedSums)
    {
        for (int part = 0; part < gradients.Parts; part++) gradients.Join(strip.Sums + sumsOffset, packedSums, part);
    }

    /// <summary>Adds the weight gradient of up to <see cref="PreferredImages"/> images to the strip's sums.</summary>
    /// <param name="strip">The thread's buffers.</param>
    /// <param name="images">Images.</param>
    /// <param name="dy">Gradient of the first image's output pixel (0, 0); 0 beyond the image as far as tiles reach.</param>
    /// <param name="outputGradient">Layout of dy.</param>
    /// <param name="x">The window of the first image's output pixel (0, 0).</param>
    /// <param name="input">Layout of x.</param>
    /// <param name="replacesSums">True if the sums are set instead.</param>
    /// <param name="givesInputGradient">True if the strip's images get the input gradients.</param>
    internal void Run(
        WinogradStrip strip, int images, float* dy, ImageLayout outputGradient, float* x, ImageLayout input, bool replacesSums, bool givesInputGradient)
    {
        int tiles = images * shape.PerImage, size = shape.StripSize(tiles);
        if (givesInputGradient) image.Clear(strip.Image, images);
        for (int first = 0; first < tiles; first += size)
        {
            int count = Math.Min(size, tiles - first);
            TileEvaluation<TVector, TSimd>.Run(
                shape, outputsToPoints, first, count, dy, outputGradient, shape.OutputChannels, strip.Outputs, shape.OutputStride, strip.Scratch);
            TileEvaluation<TVector, TSimd>.Run(
                shape, inputsToPoints, first, count, x, input, shape.InputChannels, strip.Inputs, shape.InputStride, strip.Scratch);
            PointProducts<TVector, TSimd>.MultiplyTransposed(
                shape.Points, count, strip.Inputs, shape.InputStride, shape.InputChannels, inputs, strip.Outputs, shape.OutputStride, shape.OutputChannels,
                strip.Sums + sumsOffset, gradients.Stride, gradients.Panels, replacesSums && first == 0);
            if (!givesInputGradient) continue;
            PointProducts<TVector, TSimd>.Multiply(
                shape.Points, count, strip.Outputs, shape.OutputStride, shape.OutputChannels, outputs, transposedWeights.Pointer, transposed.Stride,
                transposed.Panels, strip.Inputs, shape.InputStride, shape.InputChannels);
            image.Add(inputsToPoints, strip.Image, first, count, strip.Inputs, shape.InputStride, strip.Scratch);
        }
    }

    /// <summary>Copies one of the strip's images, through <paramref name="finish"/>, to the input gradient.</summary>
    internal void Write(WinogradStrip strip, int index, float* dx, ImageLayout inputGradient, Margins margins, Kernels.GradientEpilogue<TVector, TSimd> finish) =>
        image.Write(strip.Image + (nint)index * image.Length, dx, inputGradient, margins, finish);

    public void Dispose() => transposedWeights.Dispose();
}
