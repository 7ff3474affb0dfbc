using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// A fully connected layer with its bias and a rectifier that follows, over the whole minibatch at once: its weights are read once a step. An image before
/// it is read as it lies in memory; the packed weights are in that order.
/// </summary>
internal sealed unsafe class DenseOperation<TVector, TSimd> : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    private const int InputsPerPart = 96;

    private readonly Activation input, output;
    private readonly PanelLayout panels;
    private readonly ParameterBlock weight;
    private readonly ParameterBlock? bias;
    private DenseForward forward;
    private PanelLayout transposedPanels;
    private NativeBuffer? transposed;
    private int[] gradientOffsets = [];
    private Schedule? schedule;

    internal DenseOperation(Dense layer, NetworkLayer place, int layerIndex, Activation input, Activation output, ParameterStore store)
    {
        this.input = input;
        this.output = output;
        int pixels = input.Shape.Height * input.Shape.Width, inputs = place.InputShape.Channels;
        panels = PanelLayout.Create(pixels * input.PaddedChannels, layer.Units, TSimd.Lanes);
        weight = store.Add(layerIndex, place, "weight", panels.Size, i => PackedWeights.DensePosition(panels, i, inputs, pixels, input.PaddedChannels));
        bias = layer.UseBias ? store.Add(layerIndex, place, "bias", panels.Columns, o => o) : null;
    }

    /// <summary>The parameters' arrays; set before the first pass.</summary>
    internal TrainingParameters Parameters { get; set; } = null!;

    internal override bool HasGradients => bias is not null;

    private int InputParts => (panels.Rows + InputsPerPart - 1) / InputsPerPart;

    internal override void Allocate(int batchSize)
    {
        forward = new DenseForward(panels, input.Values.SampleStride, output.Values.SampleStride);
        transposedPanels = PanelLayout.Create(panels.Columns, batchSize, TSimd.Lanes);
        transposed = new NativeBuffer(transposedPanels.Size);
        if (!input.NeedsGradient) return;
        int pixels = input.Values.Pixels;
        gradientOffsets = [.. Enumerable.Range(0, panels.Rows).Select(position =>
        {
            (int pixel, int channel) = (position / input.PaddedChannels, position % input.PaddedChannels);
            return pixel / input.Values.Width * input.Gradients.RowStride + pixel % input.Values.Width * input.Gradients.PixelStride + channel;
        })];
    }

    internal override void AddForward(Schedule schedule) => schedule.InParts(
        () => forward.Parts(schedule.SampleCount), part => Forward(schedule, part), input.ValueImages, output.ValueImages);

    internal override void AddBackward(Schedule schedule)
    {
        this.schedule = schedule;
        if (input.NeedsGradient)
        {
            schedule.Once(Transpose, output.GradientImages);
            schedule.InParts(() => InputParts, InputGradient, input.ValueImages, input.GradientImages);
        }

        schedule.InParts(() => InputParts * panels.Panels, WeightGradient, input.ValueImages, output.GradientImages);
    }

    internal override void ReduceGradients(int activeSlots)
    {
        float* sums = Parameters.GradientsOf(bias!);
        new Span<float>(sums, panels.Columns).Clear();
        for (int n = 0; n < schedule!.SampleCount; n++) ChannelSums<TVector, TSimd>.Add(output.GradientsOf(n), output.Gradients, panels.Vectors, sums);
    }

    public override void Dispose()
    {
        transposed?.Dispose();
        base.Dispose();
    }

    private void Forward(Schedule forwardSchedule, int part)
    {
        float* biases = bias is null ? null : Parameters.WeightsOf(bias);
        forward.Run(
            part, forwardSchedule.SampleCount, input.ValuesOf(0), Parameters.WeightsOf(weight), output.ValuesOf(0),
            new ForwardEpilogue<TVector, TSimd>(new ChannelOutput(biases, output.IsRectified, null, null)));
    }

    // dy as [output][sample], so that samples lie across a vector and the weights are read in the order they are packed.
    private void Transpose()
    {
        int samples = schedule!.SampleCount;
        transposed!.Span.Clear();
        for (int n = 0; n < samples; n++)
        {
            float* dy = output.GradientsOf(n);
            for (int o = 0; o < panels.Columns; o++) transposed.Pointer[transposedPanels.PositionOf(o, n)] = dy[o];
        }
    }

    // dx[n, i] = Σ dy[n, o] · w[i, o], a tile of inputs by samples at a time.
    private void InputGradient(int part)
    {
        int first = part * InputsPerPart, end = Math.Min(first + InputsPerPart, panels.Rows), samples = schedule!.SampleCount;
        float* tile = stackalloc float[14 * 2 * TSimd.Lanes];
        int samplePanels = (samples + 2 * TSimd.Lanes - 1) / (2 * TSimd.Lanes);
        for (int samplePanel = 0; samplePanel < samplePanels; samplePanel++)
        {
            int columns = transposedPanels.VectorsOf(samplePanel), width = columns * TSimd.Lanes, firstSample = samplePanel * 2 * TSimd.Lanes;
            int sampleEnd = Math.Min(firstSample + width, samples);
            for (int i = first; i < end; i += TSimd.MaxRows)
            {
                int rows = Math.Min(TSimd.MaxRows, end - i);
                MultiplyTile(i, rows, samplePanel, columns, tile);
                for (int n = firstSample; n < sampleEnd; n++) WriteGradients(n, i, rows, tile + n - firstSample, width);
            }
        }
    }

    private void MultiplyTile(int i, int rows, int samplePanel, int columns, float* tile)
    {
        int width = columns * TSimd.Lanes;
        var operands = new MultiplyKernel<TVector, TSimd>.Operands { OuterCount = 1, MiddleCount = 1, C = tile, OutputStride = width };
        for (int panel = 0; panel < panels.Panels; panel++)
        {
            int outputs = panels.VectorsOf(panel) * TSimd.Lanes;
            operands.A = Parameters.WeightsOf(weight) + panels.OffsetOf(panel) + i * outputs;
            operands.RowStride = outputs;
            operands.InnerCount = outputs;
            operands.B = transposed!.Pointer + transposedPanels.OffsetOf(samplePanel) + panel * 2 * TSimd.Lanes * width;
            operands.Accumulate = panel > 0;
            MultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
        }
    }

    private void WriteGradients(int sample, int i, int rows, float* tileColumn, int tileStride)
    {
        float* x = input.ValuesOf(sample) + i, dx = input.GradientsOf(sample);
        for (int r = 0; r < rows; r++)
        {
            bool passes = !input.IsRectified || x[r] > 0;
            dx[gradientOffsets[i + r]] = passes ? tileColumn[r * tileStride] : 0;
        }
    }

    // dw[i, o] = Σ x[n, i] · dy[n, o].
    private void WeightGradient(int part)
    {
        int panel = part / InputParts, first = part % InputParts * InputsPerPart, end = Math.Min(first + InputsPerPart, panels.Rows);
        int columns = panels.VectorsOf(panel), width = columns * TSimd.Lanes, maxRows = TransposedMultiplyKernel<TVector, TSimd>.MaxRows;
        float* dw = Parameters.GradientsOf(weight) + panels.OffsetOf(panel);
        new Span<float>(dw + first * width, (end - first) * width).Clear();
        var operands = new TransposedMultiplyKernel<TVector, TSimd>.Operands
        {
            B = output.GradientsOf(0) + panel * 2 * TSimd.Lanes,
            OuterCount = 1,
            InnerCount = schedule!.SampleCount,
            InnerStrideA = input.Values.SampleStride,
            InnerStrideB = output.Gradients.SampleStride,
            OutputStride = width,
        };
        for (int i = first; i < end; i += maxRows)
        {
            operands.A = input.ValuesOf(0) + i;
            operands.C = dw + i * width;
            TransposedMultiplyKernel<TVector, TSimd>.Run(Math.Min(maxRows, end - i), columns, in operands);
        }
    }
}
