using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;

namespace DigitML.Engine.Cpu.Training.Convolutions;

/// <summary>
/// Both gradients by minimal filtering, point by point over the whole minibatch: for convolutions whose weights at all points are larger than a cache. The
/// tiles of all samples are transformed to the points; then a thread takes one point at a time, reads its weights once and writes its weight gradient once; then
/// the tiles are transformed back.
/// </summary>
internal sealed unsafe class PointwiseBackwardPass<TVector, TSimd> : BackwardConvolution
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int PointGap = 16;

    // Tiles that a thread transforms to the points in its cache before copying them to the workspace of the minibatch, which does not fit into it.
    private const int StagedTiles = 16;

    private readonly ConvolutionGeometry geometry;
    private readonly SharedBuffers buffers;
    private readonly WinogradWorkspace workspace;
    private readonly WinogradShape shape;
    private readonly ParityTransform<TVector, TSimd> inputsToPoints, outputsToPoints;
    private readonly PointWeights<TVector, TSimd> gradients, transposed;
    private readonly TileImage<TVector, TSimd> image;
    private readonly NativeBuffer pointGradients, packedGradient;
    private readonly long weightsOffset;
    private Schedule? schedule;
    private int inputStride, outputStride;

    internal PointwiseBackwardPass(ConvolutionGeometry geometry, WinogradTile tile, SharedBuffers buffers)
    {
        this.geometry = geometry;
        this.buffers = buffers;
        workspace = buffers.TakeWorkspace();
        shape = WinogradShape.Of(geometry.Output.Shape, tile, geometry.Input.PaddedChannels, geometry.Output.PaddedChannels);
        image = new TileImage<TVector, TSimd>(shape);
        inputsToPoints = new ParityTransform<TVector, TSimd>(tile.Input);
        outputsToPoints = new ParityTransform<TVector, TSimd>(tile.Output);
        gradients = new PointWeights<TVector, TSimd>(tile, geometry.Inputs, geometry.Panels, isMirrored: false);
        transposed = new PointWeights<TVector, TSimd>(tile, geometry.Outputs, geometry.MirroredPanels, isMirrored: true);
        pointGradients = new NativeBuffer(gradients.Length);
        packedGradient = new NativeBuffer(geometry.Panels.Size);
        int staged = Samples * shape.PerImage;
        buffers.Strips.Require(
            (long)shape.Points * (staged * shape.InputChannels + PointGap), (long)shape.Points * (staged * shape.OutputChannels + PointGap), image.Length,
            shape.Points * TSimd.Lanes);
        weightsOffset = buffers.Strips.TakeSums(transposed.Panels.Size);
        geometry.Input.RequireMargins(shape.InputMargins(geometry.Input.Shape, geometry.Margins));
        geometry.Output.RequireGradientMargins(shape.OutputMargins, 1);
    }

    private int Samples => Math.Max(1, StagedTiles / shape.PerImage);

    // V, and dV after it, of all samples: [point][tile][channel]; then Z.
    private float* Inputs => workspace.Pointer;

    private float* Outputs => workspace.Pointer + (nint)shape.Points * inputStride;

    internal override void Allocate(int batchSize)
    {
        inputStride = batchSize * shape.PerImage * shape.InputChannels + PointGap;
        outputStride = batchSize * shape.PerImage * shape.OutputChannels + PointGap;
        workspace.Require((long)shape.Points * (inputStride + outputStride));
    }

    internal override void AddWeightGradient(Schedule schedule)
    {
        this.schedule = schedule;
        schedule.PerSample(EvaluateOutputs, [geometry.Output.GradientImages], Samples);
        schedule.PerSample(EvaluateInputs, [geometry.Input.ValueImages], Samples);
        schedule.InParts(() => shape.Points, MultiplyWeightGradient);
        schedule.InParts(() => gradients.Parts, JoinWeightGradient);
    }

    internal override void AddBothGradients(Schedule schedule)
    {
        this.schedule = schedule;
        schedule.PerSample(EvaluateOutputs, [geometry.Output.GradientImages], Samples);
        schedule.PerSample(EvaluateInputs, [geometry.Input.ValueImages], Samples);
        schedule.InParts(() => shape.Points, point =>
        {
            MultiplyWeightGradient(point);
            MultiplyInputGradient(point);
        });
        schedule.InParts(() => gradients.Parts, JoinWeightGradient);
        schedule.PerSample(JoinInputGradient, [geometry.Input.ValueImages, geometry.Input.GradientImages], Samples);
    }

    internal override void ReduceWeightGradient(int activeSlots, float* gradient) =>
        new Span<float>(packedGradient.Pointer, geometry.Panels.Size).CopyTo(new Span<float>(gradient, geometry.Panels.Size));

    public override void Dispose()
    {
        pointGradients.Dispose();
        packedGradient.Dispose();
        base.Dispose();
    }

    // A phase may take more samples at a time than a strip has room for.
    private void EvaluateOutputs(SampleRange range)
    {
        WinogradStrip strip = buffers.Strip;
        for (int first = range.First; first < range.End; first += Samples)
        {
            int tiles = Math.Min(Samples, range.End - first) * shape.PerImage, length = tiles * shape.OutputChannels, stride = length + PointGap;
            TileEvaluation<TVector, TSimd>.Run(
                shape, outputsToPoints, 0, tiles, geometry.Output.GradientsOf(first), geometry.Output.Gradients, shape.OutputChannels, strip.Outputs, stride,
                strip.Scratch);
            Copy(strip.Outputs, stride, Outputs + first * shape.PerImage * shape.OutputChannels, outputStride, length);
        }
    }

    private void EvaluateInputs(SampleRange range)
    {
        WinogradStrip strip = buffers.Strip;
        for (int first = range.First; first < range.End; first += Samples)
        {
            int tiles = Math.Min(Samples, range.End - first) * shape.PerImage, length = tiles * shape.InputChannels, stride = length + PointGap;
            TileEvaluation<TVector, TSimd>.Run(
                shape, inputsToPoints, 0, tiles, geometry.Window(first), geometry.Input.Values, shape.InputChannels, strip.Inputs, stride, strip.Scratch);
            Copy(strip.Inputs, stride, Inputs + first * shape.PerImage * shape.InputChannels, inputStride, length);
        }
    }

    // A point's tiles are contiguous on both sides: long runs that the processor prefetches.
    private void Copy(float* source, int sourceStride, float* destination, int destinationStride, int length)
    {
        for (int point = 0; point < shape.Points; point++, source += sourceStride, destination += destinationStride)
        {
            float* nextSource = source + sourceStride, nextDestination = destination + destinationStride;
            for (int i = 0; i < length; i += TSimd.Lanes)
            {
                CacheHint.Prefetch(nextSource + i);
                CacheHint.Prefetch(nextDestination + i);
                TSimd.Store(TSimd.Load(source + i), destination + i);
            }
        }
    }

    // dU = Vᵀ Z.
    private void MultiplyWeightGradient(int point)
    {
        var product = new SlotProduct<TVector, TSimd>
        {
            Slots = schedule!.Slots,
            PerSample = shape.PerImage,
            X = Inputs + (nint)point * inputStride,
            StrideX = shape.InputChannels,
            GradientStride = shape.OutputChannels,
        };
        for (int panel = 0; panel < gradients.Panels.Panels; panel++)
        {
            product.Gradient = Outputs + (nint)point * outputStride + panel * 2 * TSimd.Lanes;
            product.Run(
                geometry.Inputs, gradients.Panels.VectorsOf(panel), pointGradients.Pointer + (nint)point * gradients.Stride + gradients.Panels.OffsetOf(panel));
        }
    }

    // dV = Z Uᵀ, in the place of V.
    private void MultiplyInputGradient(int point)
    {
        float* weights = buffers.Strip.Sums + weightsOffset;
        transposed.EvaluatePoint(MirroredWeights, point, weights);
        PointProducts<TVector, TSimd>.Multiply(
            1, schedule!.SampleCount * shape.PerImage, Outputs + (nint)point * outputStride, outputStride, shape.OutputChannels, geometry.Outputs, weights, 0,
            transposed.Panels, Inputs + (nint)point * inputStride, inputStride, shape.InputChannels);
    }

    private void JoinWeightGradient(int part) => gradients.Join(pointGradients.Pointer, packedGradient.Pointer, part);

    private void JoinInputGradient(SampleRange range)
    {
        WinogradStrip strip = buffers.Strip;
        for (int first = range.First; first < range.End; first += Samples)
        {
            int end = Math.Min(first + Samples, range.End), length = (end - first) * shape.PerImage * shape.InputChannels, stride = length + PointGap;
            Copy(Inputs + first * shape.PerImage * shape.InputChannels, inputStride, strip.Inputs, stride, length);
            for (int n = first; n < end; n++)
            {
                float* points = strip.Inputs + (n - first) * shape.PerImage * shape.InputChannels;
                image.Clear(strip.Image, 1);
                image.Add(inputsToPoints, strip.Image, 0, shape.PerImage, points, stride, strip.Scratch);
                image.Write(
                    strip.Image, geometry.Input.GradientsOf(n), geometry.Input.Gradients, geometry.Margins,
                    new GradientEpilogue<TVector, TSimd>(geometry.MaskOf(n), geometry.Input.Values.RowStride, geometry.Input.Values.PixelStride));
            }
        }
    }
}
