using System.Numerics;
using System.Runtime.Intrinsics;
using DigitML.Engine.Cpu.Kernels;
using DigitML.Engine.Cpu.Memory;
using DigitML.Engine.Cpu.Scheduling;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Cpu.Training;
using DigitML.Engine.Randomness;

namespace DigitML.Tests.Cpu;

/// <summary>Sums over slots: one tree of fixed shape, whose subtrees can be computed apart.</summary>
public unsafe class TreeSumTests
{
    private const int Length = 48, Outputs = 48;

    public static TheoryData<int> SlotCounts => [.. Enumerable.Range(1, SlotLayout.Slots)];

    public static TheoryData<int> SampleCounts => [1, 7, 8, 9, 20, 60, 64, 67, 100, 128, 130, 200];

    [Theory]
    [InlineData(1, "0")]
    [InlineData(2, "(0+1)")]
    [InlineData(3, "((0+1)+2)")]
    [InlineData(4, "((0+1)+(2+3))")]
    [InlineData(5, "(((0+1)+(2+3))+4)")]
    [InlineData(6, "(((0+1)+(2+3))+(4+5))")]
    [InlineData(7, "(((0+1)+(2+3))+((4+5)+6))")]
    [InlineData(11, "((((0+1)+(2+3))+((4+5)+(6+7)))+((8+9)+10))")]
    [InlineData(16, "((((0+1)+(2+3))+((4+5)+(6+7)))+(((8+9)+(10+11))+((12+13)+(14+15))))")]
    public void The_tree_has_one_shape_and_skips_absent_terms(int terms, string expected)
    {
        Expression[] leaves = [.. Enumerable.Range(0, terms).Select(i => new Expression($"{i}"))];
        Assert.Equal(expected, TreeSum.Of(leaves.AsSpan()).Text);
    }

    [Theory]
    [MemberData(nameof(SlotCounts))]
    public void Rows_are_added_in_the_order_of_the_tree(int slots)
    {
        CheckRows<Vector128<float>, Simd128>(slots);
        CheckRows<Vector256<float>, Simd256>(slots);
        CheckRows<Vector512<float>, Simd512>(slots);
    }

    /// <summary>As 1, 2, 4, 8 or 16 machines would sum: each adds up its slots as they are numbered in the minibatch, and the sums are added up.</summary>
    [Theory]
    [MemberData(nameof(SlotCounts))]
    public void Subtrees_computed_apart_give_the_bytes_of_the_whole(int slots)
    {
        using SlotSums<Vector256<float>, Simd256> sums = RandomSums<Vector256<float>, Simd256>(slots);
        float* whole = stackalloc float[Length], part = stackalloc float[Length];
        sums.AddUp(slots, whole);
        foreach (int machines in (int[])[1, 2, 4, 8, 16])
        {
            int each = SlotLayout.Slots / machines, active = (slots + each - 1) / each;
            using var joined = new SlotSums<Vector256<float>, Simd256>(Length);
            for (int machine = 0; machine < active; machine++)
            {
                sums.AddUp(machine * each, Math.Min(each, slots - machine * each), joined.RowOf(machine));
            }

            joined.AddUp(active, part);
            Assert.Equal(new ReadOnlySpan<float>(whole, Length), new ReadOnlySpan<float>(part, Length));
        }
    }

    /// <summary>The weight gradient of a dense layer, and of a convolution whose points take the whole minibatch.</summary>
    [Theory]
    [MemberData(nameof(SampleCounts))]
    public void A_product_over_the_minibatch_is_the_tree_of_the_products_of_its_slots(int samples)
    {
        CheckProduct<Vector128<float>, Simd128>(samples, perSample: 1);
        CheckProduct<Vector256<float>, Simd256>(samples, perSample: 3);
        CheckProduct<Vector512<float>, Simd512>(samples, perSample: 1);
    }

    private static void CheckRows<TVector, TSimd>(int slots)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        using SlotSums<TVector, TSimd> sums = RandomSums<TVector, TSimd>(slots);
        float* total = stackalloc float[Length];
        sums.AddUp(slots, total);
        for (int i = 0; i < Length; i++)
        {
            float[] terms = [.. Enumerable.Range(0, slots).Select(slot => sums[slot, i])];
            Assert.Equal(TreeSum.Of(terms.AsSpan()), total[i]);
        }
    }

    private static void CheckProduct<TVector, TSimd>(int samples, int perSample)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        const int Inputs = 31;
        int columns = 2, width = columns * TSimd.Lanes, depth = samples * perSample;
        using var x = new NativeBuffer(depth * 32L);
        using var dy = new NativeBuffer(depth * (long)Outputs);
        Fill(x, seed: 3);
        Fill(dy, seed: 4);
        var slots = new SlotLayout(samples);
        SlotProduct<TVector, TSimd> Product(int firstSample, SlotLayout layout) => new()
        {
            Slots = layout,
            PerSample = perSample,
            X = x.Pointer + firstSample * perSample * 32,
            StrideX = 32,
            Gradient = dy.Pointer + firstSample * perSample * Outputs,
            GradientStride = Outputs,
        };
        using var whole = new NativeBuffer(Inputs * width);
        using var added = new NativeBuffer(Inputs * width);
        using var sums = new SlotSums<TVector, TSimd>(Inputs * width);
        Product(0, slots).Run(Inputs, columns, whole.Pointer);
        for (int slot = 0; slot < slots.ActiveSlots; slot++)
        {
            // Samples of one slot alone, a unit at a time, so that they are one slot in a layout of their own too.
            var alone = new SlotLayout(Math.Min(slots.SamplesOf(slot), SlotLayout.Unit));
            if (alone.SampleCount == slots.SamplesOf(slot)) Product(slots.FirstOf(slot), alone).Run(Inputs, columns, sums.RowOf(slot));
            else AddInOrder(x, dy, slots.FirstOf(slot) * perSample, slots.EndOf(slot) * perSample, Inputs, width, sums.RowOf(slot));
        }

        sums.AddUp(slots.ActiveSlots, added.Pointer);
        Assert.Equal(added.Span, whole.Span);
    }

    private static void AddInOrder(NativeBuffer x, NativeBuffer dy, int first, int end, int inputs, int width, float* w)
    {
        for (int i = 0; i < inputs; i++)
        {
            for (int o = 0; o < width; o++)
            {
                float sum = x.Pointer[first * 32 + i] * dy.Pointer[first * Outputs + o];
                for (int k = first + 1; k < end; k++) sum = MathF.FusedMultiplyAdd(x.Pointer[k * 32 + i], dy.Pointer[k * Outputs + o], sum);
                w[i * width + o] = sum;
            }
        }
    }

    private static SlotSums<TVector, TSimd> RandomSums<TVector, TSimd>(int slots)
        where TVector : struct
        where TSimd : struct, ISimd<TVector>
    {
        var sums = new SlotSums<TVector, TSimd>(Length);
        var random = new SeededRandom(5, RandomPurpose.SyntheticData);
        for (int slot = 0; slot < SlotLayout.Slots; slot++)
        {
            for (int i = 0; i < Length; i++) sums.RowOf(slot)[i] = slot < slots ? (float)random.NextNormal() : float.NaN;
        }

        return sums;
    }

    private static void Fill(NativeBuffer buffer, ulong seed)
    {
        var random = new SeededRandom(seed, RandomPurpose.SyntheticData);
        foreach (ref float value in buffer.Span) value = (float)random.NextNormal();
    }

    private readonly record struct Expression(string Text) : IAdditionOperators<Expression, Expression, Expression>
    {
        public static Expression operator +(Expression left, Expression right) => new($"({left.Text}+{right.Text})");
    }
}
