using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Winograd;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Benchmarks.Kernels;

/// <summary>The kernels at one vector width.</summary>
internal static unsafe class KernelCases<TVector, TSimd>
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int Floats = 1 << 18, PeakIterations = 1000, Parameters = 1 << 17;
    private const string Gflops = "GFLOP/s", GigabytesPerSecond = "GB/s";

    private static readonly NativeBuffer A = Ones(), B = Ones(), C = Ones(), D = Ones();

    private static int Bits => 32 * TSimd.Lanes;

    /// <summary>All of them.</summary>
    internal static IEnumerable<Kernel> All() =>
    [
        Peak(), Multiply(), TransposedMultiply(),
        Forward("5x5, 32 to 32, 28x28", 5, 32, 28), Forward("3x3, 16 to 16, 24x24", 3, 16, 24),
        WeightGradient("5x5, 32 to 32, 28x28", 5, 32, 28), WeightGradient("3x3, 16 to 16, 24x24", 3, 16, 24),
        WinogradForward(4, 5, 32, 28), WinogradForward(6, 3, 16, 24), WinogradForward(4, 3, 64, 14),
        WinogradBackward(7, 5, 32, 28), WinogradBackward(6, 3, 16, 24),
        MaxPool(), AdamStep(),
    ];

    private static Kernel Peak() => new(
        "multiply-add peak", Bits, 2.0 * PeakIterations * FmaLoop<TVector, TSimd>.FmasPerIteration, Gflops, () => FmaLoop<TVector, TSimd>.Run(PeakIterations));

    private static Kernel Multiply()
    {
        int rows = TSimd.MaxRows;
        var operands = new MultiplyKernel<TVector, TSimd>.Operands
        {
            A = A.Pointer,
            RowStride = 32,
            OuterCount = 5,
            OuterStride = 32 * 32,
            MiddleCount = 1,
            InnerCount = 160,
            B = B.Pointer,
            C = C.Pointer,
            OutputStride = 2 * TSimd.Lanes,
        };
        return new($"multiply, {rows}x2 vectors, k 800", Bits, 2.0 * rows * 2 * TSimd.Lanes * 800, Gflops,
            () => MultiplyKernel<TVector, TSimd>.Run(rows, 2, in operands));
    }

    private static Kernel TransposedMultiply()
    {
        int rows = TransposedMultiplyKernel<TVector, TSimd>.MaxRows;
        var operands = new TransposedMultiplyKernel<TVector, TSimd>.Operands
        {
            A = A.Pointer,
            B = B.Pointer,
            OuterCount = 4,
            OuterStrideA = 32 * 32,
            OuterStrideB = 28 * 2 * TSimd.Lanes,
            InnerCount = 28,
            InnerStrideA = 32,
            InnerStrideB = 2 * TSimd.Lanes,
            C = C.Pointer,
        };
        return new($"transposed multiply, {rows}x2 vectors, k 112", Bits, 2.0 * rows * 2 * TSimd.Lanes * 112, Gflops,
            () => TransposedMultiplyKernel<TVector, TSimd>.Run(rows, 2, in operands));
    }

    private static Kernel Forward(string name, int side, int channels, int size)
    {
        var correlation = new DirectCorrelation
        {
            OH = size,
            OW = size,
            KH = side,
            KW = side,
            C = channels,
            StepDown = (size + side) * channels,
            StepRight = channels,
            InputRow = (size + side) * channels,
            InputPixel = channels,
            OutputRow = size * channels,
            OutputPixel = channels,
            Panels = PanelLayout.Create(side * side * channels, channels, TSimd.Lanes),
        };
        return new($"direct convolution {name}", Bits, Operations(side, channels, size), Gflops,
            () => correlation.Run<TVector, TSimd, ForwardEpilogue<TVector, TSimd>>(A.Pointer, B.Pointer, C.Pointer, default));
    }

    private static Kernel WeightGradient(string name, int side, int channels, int size)
    {
        var gradient = new DirectWeightGradient
        {
            OH = size,
            OW = size,
            KH = side,
            KW = side,
            C = channels,
            StepDown = (size + side) * channels,
            StepRight = channels,
            InputRow = (size + side) * channels,
            InputPixel = channels,
            GradientRow = size * channels,
            GradientPixel = channels,
            Panels = PanelLayout.Create(side * side * channels, channels, TSimd.Lanes),
        };
        return new($"direct weight gradient {name}", Bits, Operations(side, channels, size), Gflops,
            () => gradient.Run<TVector, TSimd>(A.Pointer, B.Pointer, C.Pointer));
    }

    // Work is counted as for the direct convolution, so that the rates of both can be compared; the rate may well be above the peak.
    private static Kernel WinogradForward(int outputs, int taps, int channels, int size)
    {
        (WinogradShape shape, ImageLayout x, ImageLayout y, PanelLayout packed) = Winograd(outputs, taps, channels, size);
        var plan = new WinogradStripPlan();
        var forward = new WinogradForward<TVector, TSimd>(shape, channels, packed, plan);
        var strip = new WinogradStrip(plan);
        for (int part = 0; part < forward.PrepareParts; part++) forward.Prepare(B.Pointer, part);
        return new($"Winograd F({outputs}, {taps}), {channels} to {channels}, {size}x{size}, as direct", Bits, Operations(taps, channels, size), Gflops,
            () => forward.Run(strip, A.Pointer + x.Origin, x, C.Pointer + y.Origin, y, 1, default));
    }

    private static Kernel WinogradBackward(int outputs, int taps, int channels, int size)
    {
        (WinogradShape shape, ImageLayout x, ImageLayout y, PanelLayout packed) = Winograd(outputs, taps, channels, size);
        var plan = new WinogradStripPlan();
        var backward = new WinogradBackward<TVector, TSimd>(shape, channels, channels, packed, packed, plan);
        var strip = new WinogradStrip(plan);
        for (int part = 0; part < backward.PrepareParts; part++) backward.Prepare(B.Pointer, part);
        return new($"Winograd F({outputs}, {taps}), both gradients, {channels} to {channels}, {size}x{size}, as direct", Bits,
            2 * Operations(taps, channels, size), Gflops,
            () => backward.Run(strip, 1, C.Pointer + y.Origin, y, A.Pointer + x.Origin, x, replacesSums: true, givesInputGradient: true));
    }

    private static (WinogradShape Shape, ImageLayout X, ImageLayout Y, PanelLayout Packed) Winograd(int outputs, int taps, int channels, int size)
    {
        Shape image = Shape.Image(size, size, channels);
        var tile = WinogradTile.Find(outputs, taps)!;
        WinogradShape shape = WinogradShape.Of(image, tile, channels, channels);
        var padding = new Margins(taps / 2, taps / 2, taps / 2, taps / 2);
        ImageLayout x = ImageLayout.Create(size, size, channels, channels, shape.InputMargins(image, padding), 1);
        ImageLayout y = ImageLayout.Create(size, size, channels, channels, shape.OutputMargins, 1);
        return (shape, x with { Origin = 0 }, y, PanelLayout.Create(taps * taps * channels, channels, TSimd.Lanes));
    }

    private static Kernel MaxPool()
    {
        const int Size = 28, Channels = 32;
        ImageLayout input = ImageLayout.Create(Size, Size, Channels, Channels, default, 1), output = ImageLayout.Create(Size / 2, Size / 2, Channels, Channels, default, 1);
        var geometry = new PoolingGeometry(2, 2, default);
        return new("max pool 2x2, 28x28x32", Bits, sizeof(float) * Size * Size * Channels * 1.25, GigabytesPerSecond,
            () => Pooling<TVector, TSimd>.Max(A.Pointer, input, C.Pointer, output, geometry, Channels / TSimd.Lanes));
    }

    private static Kernel AdamStep()
    {
        var adam = new Adam();
        return new($"Adam, {Parameters} values", Bits, 7.0 * sizeof(float) * Parameters, GigabytesPerSecond,
            () => new OptimizerStep<TVector, TSimd>(A.Pointer, B.Pointer, Parameters, learningRate: 1e-9f, decay: 1).Run(adam, C.Pointer, D.Pointer, t: 1000));
    }

    private static double Operations(int side, int channels, int size) => 2.0 * side * side * channels * channels * size * size;

    private static NativeBuffer Ones()
    {
        var buffer = new NativeBuffer(Floats);
        buffer.Span.Fill(1);
        return buffer;
    }
}
