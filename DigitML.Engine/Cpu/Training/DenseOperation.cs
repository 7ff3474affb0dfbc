using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Parameters;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Networks;

namespace DigitML.Engine.Cpu.Training;

/// <summary>
/// A fully connected layer with its bias and a ReLU that follows, over the whole minibatch at once: its weights are read once per pass. An image before
/// it is read in its memory layout; the packed weights are in that order. The weight gradient is computed where the optimizer uses it.
/// </summary>
internal sealed unsafe class DenseOperation<TVector, TSimd> : TrainingOperation
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    // A whole number of tiles and of vectors at every width.
    private const int InputsPerPart = 112;
    private const int OutputsPerPart = 32;

    private readonly Activation input, output;
    private readonly PanelLayout panels;
    private readonly ParameterBlock weight;
    private readonly ParameterBlock? bias;
    private readonly SlotSums<TVector, TSimd>? biasSums;
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
        biasSums = bias is null ? null : new SlotSums<TVector, TSimd>(panels.Columns);
    }

    /// <summary>The parameters' arrays; set before the first pass.</summary>
    internal TrainingParameters Parameters { get; set; } = null!;

    internal override bool HasGradients => bias is not null;

    internal override IEnumerable<DeferredGradient> DeferredGradients =>
        from panel in Enumerable.Range(0, panels.Panels)
        from part in Enumerable.Range(0, InputParts)
        let first = part * InputsPerPart
        let rows = Math.Min(InputsPerPart, panels.Rows - first)
        let width = panels.VectorsOf(panel) * TSimd.Lanes
        select new DeferredGradient(
            weight.Offset + panels.OffsetOf(panel) + first * width, rows * width, gradient => WriteWeightGradient(panel, first, rows, gradient));

    private int InputParts => (panels.Rows + InputsPerPart - 1) / InputsPerPart;

    internal override void Allocate(int batchSize)
    {
        forward = new DenseForward(panels, input.Values.SampleStride, output.Values.SampleStride);
        transposedPanels = PanelLayout.Create(panels.Columns, batchSize, TSimd.Lanes);
        if (!input.NeedsGradient) return;
        transposed = new NativeBuffer(transposedPanels.Size);
        gradientOffsets = [.. Enumerable.Range(0, panels.Rows / TSimd.Lanes).Select(vector =>
        {
            (int pixel, int channel) = (vector * TSimd.Lanes / input.PaddedChannels, vector * TSimd.Lanes % input.PaddedChannels);
            return pixel / input.Values.Width * input.Gradients.RowStride + pixel % input.Values.Width * input.Gradients.PixelStride + channel;
        })];
    }

    internal override void AddForward(Schedule schedule) => schedule.InParts(
        () => forward.Parts(schedule.SampleCount), part => Forward(schedule, part), input.ValueImages, output.ValueImages);

    internal override void AddBackward(Schedule schedule)
    {
        this.schedule = schedule;
        output.GradientImages.UseIn(null);
        if (!input.NeedsGradient) return;
        schedule.InParts(() => (panels.Columns + OutputsPerPart - 1) / OutputsPerPart, Transpose, output.GradientImages);
        schedule.InParts(() => InputParts, InputGradient, input.ValueImages, input.GradientImages);
    }

    internal override void ReduceGradients(int activeSlots)
    {
        for (int slot = 0; slot < activeSlots; slot++)
        {
            float* sums = biasSums!.RowOf(slot);
            new Span<float>(sums, panels.Columns).Clear();
            for (int n = schedule!.Slots.FirstOf(slot); n < schedule.Slots.EndOf(slot); n++)
            {
                ChannelSums<TVector, TSimd>.Add(output.GradientsOf(n), output.Gradients, panels.Vectors, sums);
            }
        }

        biasSums!.AddUp(activeSlots, Parameters.GradientsOf(bias!));
    }

    public override void Dispose()
    {
        transposed?.Dispose();
        biasSums?.Dispose();
        base.Dispose();
    }

    private void Forward(Schedule forwardSchedule, int part)
    {
        float* biases = bias is null ? null : Parameters.WeightsOf(bias);
        forward.Run(
            part, forwardSchedule.SampleCount, input.ValuesOf(0), Parameters.WeightsOf(weight), output.ValuesOf(0),
            new ForwardEpilogue<TVector, TSimd>(new ChannelOutput(biases, output.IsRectified, null, null)));
    }

    // dy as [output][sample], so that samples run across a vector and the weights are read in the order they are packed.
    private void Transpose(int part)
    {
        int samples = schedule!.SampleCount, first = part * OutputsPerPart, end = Math.Min(first + OutputsPerPart, panels.Columns);
        int panelSamples = 2 * TSimd.Lanes;
        for (int n = 0; n < samples; n++)
        {
            float* dy = output.GradientsOf(n);
            int panel = n / panelSamples, width = transposedPanels.VectorsOf(panel) * TSimd.Lanes;
            float* column = transposed!.Pointer + transposedPanels.OffsetOf(panel) + n % panelSamples;
            for (int o = first; o < end; o++) column[o * width] = dy[o];
        }
    }

    // dx[n, i] = Σ dy[n, o] · w[i, o]: inputs by samples in the cache, then transposed.
    private void InputGradient(int part)
    {
        int first = part * InputsPerPart, inputs = Math.Min(InputsPerPart, panels.Rows - first), samples = schedule!.SampleCount;
        float* tile = stackalloc float[InputsPerPart * 2 * TSimd.Lanes], line = stackalloc float[TSimd.Lanes];
        for (int firstSample = 0; firstSample < samples; firstSample += 2 * TSimd.Lanes)
        {
            int samplePanel = firstSample / (2 * TSimd.Lanes), width = transposedPanels.VectorsOf(samplePanel) * TSimd.Lanes;
            for (int i = 0; i < inputs; i += TSimd.MaxRows) MultiplyTile(first + i, Math.Min(TSimd.MaxRows, inputs - i), samplePanel, tile + i * width);
            for (int n = firstSample; n < Math.Min(firstSample + width, samples); n++) WriteGradients(n, first, inputs, tile + n - firstSample, width, line);
        }
    }

    private void MultiplyTile(int i, int rows, int samplePanel, float* tile)
    {
        int columns = transposedPanels.VectorsOf(samplePanel), fullPanels = panels.Vectors / 2, outputs = 2 * TSimd.Lanes;
        float* w = Parameters.WeightsOf(weight), dy = transposed!.Pointer + transposedPanels.OffsetOf(samplePanel);
        var operands = new MultiplyKernel<TVector, TSimd>.Operands
        {
            A = w + i * outputs,
            RowStride = outputs,
            OuterCount = fullPanels,
            OuterStride = panels.OffsetOf(1),
            MiddleCount = 1,
            InnerCount = outputs,
            B = dy,
            C = tile,
            OutputStride = columns * TSimd.Lanes,
        };
        MultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
        if (fullPanels == panels.Panels) return;
        operands = operands with
        {
            A = w + panels.OffsetOf(fullPanels) + i * TSimd.Lanes,
            RowStride = TSimd.Lanes,
            OuterCount = 1,
            InnerCount = TSimd.Lanes,
            B = dy + fullPanels * outputs * columns * TSimd.Lanes,
            Accumulate = true,
        };
        MultiplyKernel<TVector, TSimd>.Run(rows, columns, in operands);
    }

    private void WriteGradients(int sample, int first, int inputs, float* tileColumn, int tileStride, float* line)
    {
        float* x = input.ValuesOf(sample), dx = input.GradientsOf(sample);
        for (int i = 0; i < inputs; i += TSimd.Lanes)
        {
            for (int lane = 0; lane < TSimd.Lanes; lane++, tileColumn += tileStride) line[lane] = *tileColumn;
            TVector gradient = TSimd.Load(line);
            if (input.IsRectified) gradient = TSimd.WherePositive(TSimd.Load(x + first + i), gradient);
            TSimd.Store(gradient, dx + gradientOffsets[(first + i) / TSimd.Lanes]);
        }
    }

    // dw[i, o] = Σ x[n, i] · dy[n, o] for some inputs and a panel of outputs.
    private void WriteWeightGradient(int panel, int first, int inputs, float* gradient)
    {
        var product = new SlotProduct<TVector, TSimd>
        {
            Slots = schedule!.Slots,
            PerSample = 1,
            X = input.ValuesOf(0) + first,
            StrideX = input.Values.SampleStride,
            Gradient = output.GradientsOf(0) + panel * 2 * TSimd.Lanes,
            GradientStride = output.Gradients.SampleStride,
        };
        product.Run(inputs, panels.VectorsOf(panel), gradient);
    }
}
