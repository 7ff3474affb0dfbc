using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Learning;
using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;
using DigitML.Tests.Memory;

namespace DigitML.Tests.Learning;

public class MinibatchLoaderTests
{
    private static readonly TrainingPlan Plan = new(3, 4, new Adam(), new Constant(0.01f), Seed: 5);

    private static readonly Augmentation Moves = new(2, 10, 0.1f, 5);

    // Every pixel of row r is r, so that an image tells which row it is.
    private static readonly DigitDataset Numbered = new("numbered", 2, 3, [.. Enumerable.Range(0, 10 * 6).Select(i => (byte)(i / 6))],
        [.. Enumerable.Range(0, 10).Select(row => row % 3)], new LabelMap(["a", "b", "c"]));

    private static readonly Network Small = new("small", Shape.Image(2, 3, 1), [new Flatten(), new Dense(3)]);

    [Fact]
    public void An_epoch_holds_each_row_once_and_ends_in_what_is_left()
    {
        MinibatchLoader loader = Loader(Plan);
        Assert.Equal(3, loader.StepsPerEpoch);
        Assert.Equal([4, 4, 2], loader.Epoch(0).Select(minibatch => minibatch.Count));
        Assert.Equal(Enumerable.Range(0, 10), Order(loader, 0).Order());
    }

    [Fact]
    public void The_order_depends_on_seed_and_epoch_alone()
    {
        MinibatchLoader loader = Loader(Plan);
        int[] first = Order(loader, 0), second = Order(loader, 1);
        Assert.NotEqual(first, second);
        Assert.Equal(second, Order(Loader(Plan), 1));
        Assert.NotEqual(first, Order(Loader(Plan with { Seed = 6 }), 0));
        Assert.NotEqual(Enumerable.Range(0, 10), first);
    }

    [Fact]
    public void Pixels_are_normalised_and_labels_follow_their_rows()
    {
        foreach (Minibatch minibatch in new MinibatchLoader(Numbered, new PixelNormalization(0.5f, -1), null, Small, Plan).Epoch(0))
        {
            for (int i = 0; i < minibatch.Count; i++)
            {
                int row = (int)((minibatch.Images[i * 6] + 1) * 2);
                Assert.All(minibatch.Images[(i * 6)..(i * 6 + 6)], value => Assert.Equal(row * 0.5f - 1, value));
                Assert.Equal(row % 3, minibatch.Labels[i]);
            }
        }
    }

    [Fact]
    public void Targets_are_one_hot_and_smoothed_where_asked()
    {
        foreach (var (smoothing, own, other) in new[] { (0f, 1f, 0f), (0.3f, 0.8f, 0.1f) })
        {
            foreach (Minibatch minibatch in Loader(Plan with { LabelSmoothing = smoothing }).Epoch(0))
            {
                for (int i = 0; i < minibatch.Count * 3; i++)
                {
                    Assert.Equal(i % 3 == minibatch.Labels[i / 3] ? own : other, minibatch.Targets[i], 1e-6f);
                }
            }
        }
    }

    [Fact]
    public void Given_targets_follow_their_rows_and_are_smoothed_where_asked()
    {
        // Row r: class a with r / 10, class b with the rest.
        var targets = new TargetMatrix(3, [.. Enumerable.Range(0, 10).SelectMany(row => new[] { row / 10f, 1 - row / 10f, 0 })]);
        foreach (float smoothing in new[] { 0f, 0.3f })
        {
            foreach (Minibatch minibatch in Loader(Plan with { LabelSmoothing = smoothing }, targets).Epoch(0))
            {
                for (int i = 0; i < minibatch.Count; i++)
                {
                    float row = minibatch.Images[i * 6];
                    float[] expected = [(1 - smoothing) * row / 10 + smoothing / 3, (1 - smoothing) * (1 - row / 10) + smoothing / 3, smoothing / 3];
                    for (int k = 0; k < 3; k++) Assert.Equal(expected[k], minibatch.Targets[i * 3 + k], 1e-6f);
                }
            }
        }
    }

    [Fact]
    public void A_batch_size_beyond_the_rows_gives_one_minibatch_of_all_rows()
    {
        MinibatchLoader loader = Loader(Plan with { BatchSize = int.MaxValue });
        Assert.Equal(10, loader.BatchSize);
        Assert.Equal([10], loader.Epoch(0).Select(minibatch => minibatch.Count));
    }

    [Fact]
    public void Preparing_ahead_gives_the_same_bytes_as_filling_in_turn()
    {
        DigitDataset rows = Stripes.Rows(50, seed: 1);
        TrainingPlan plan = Plan with { Augmentation = Moves, LabelSmoothing = 0.1f, BatchSize = 7 };
        var filler = new MinibatchFiller(rows, PixelNormalization.Unit, null, plan);
        var inTurn = new Minibatch(7, Stripes.Network.InputShape, 3);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            int start = 0;
            var order = new int[50];
            MinibatchLoader.FillOrder(order, plan.Seed, epoch);
            foreach (Minibatch minibatch in new MinibatchLoader(rows, PixelNormalization.Unit, null, Stripes.Network, plan).Epoch(epoch))
            {
                filler.Fill(inTurn, order.AsSpan(start, minibatch.Count), epoch);
                int values = minibatch.Count * Stripes.Network.InputShape.Size;
                Assert.Equal(inTurn.Images[..values], minibatch.Images[..values]);
                Assert.Equal(inTurn.Labels[..minibatch.Count], minibatch.Labels[..minibatch.Count]);
                Assert.Equal(inTurn.Targets[..(minibatch.Count * 3)], minibatch.Targets[..(minibatch.Count * 3)]);
                start += minibatch.Count;
            }

            Assert.Equal(50, start);
        }
    }

    [Fact]
    public void Augmentation_depends_on_epoch_and_row_but_not_on_place_or_batch_size()
    {
        DigitDataset rows = Stripes.Rows(20, seed: 1);
        var filler = new MinibatchFiller(rows, PixelNormalization.Unit, null, Plan with { Augmentation = Moves });
        Assert.Equal(Fill(filler, [3, 4], 0)[1], Fill(filler, [4], 0)[0]);
        Assert.NotEqual(Fill(filler, [4], 0)[0], Fill(filler, [4], 1)[0]);
        Assert.NotEqual(Fill(filler, [4], 0)[0], Fill(new MinibatchFiller(rows, PixelNormalization.Unit, null, Plan), [4], 0)[0]);
    }

    [Fact]
    public void The_last_epochs_see_the_images_as_they_are_where_asked()
    {
        DigitDataset rows = Stripes.Rows(20, seed: 1);
        var plain = new MinibatchFiller(rows, PixelNormalization.Unit, null, Plan);
        var filler = new MinibatchFiller(rows, PixelNormalization.Unit, null, Plan with { Augmentation = Moves with { FinalEpochsWithout = 1 } });
        Assert.NotEqual(Fill(plain, [4], 1)[0], Fill(filler, [4], 1)[0]);
        Assert.Equal(Fill(plain, [4], 2)[0], Fill(filler, [4], 2)[0]);
    }

    [Fact]
    public void An_epoch_left_early_leaves_the_loader_fit_for_the_next()
    {
        MinibatchLoader loader = Loader(Plan);
        int[] expected = Order(Loader(Plan), 1);
        foreach (Minibatch _ in loader.Epoch(0)) break;
        Assert.Equal(expected, Order(loader, 1));
    }

    [Fact]
    public void Filling_and_taking_minibatches_allocates_nothing()
    {
        DigitDataset rows = Stripes.Rows(200, seed: 1);
        TrainingPlan plan = Plan with { Augmentation = Moves, BatchSize = 1 };
        var filler = new MinibatchFiller(rows, PixelNormalization.Unit, null, plan);
        var minibatch = new Minibatch(1, Stripes.Network.InputShape, 3);
        Assert.Equal(0, SteadyAllocations.Of(() =>
        {
            for (int row = 0; row < 20; row++) filler.Fill(minibatch, [row], 0);
        }));

        using IEnumerator<Minibatch> minibatches = new MinibatchLoader(rows, PixelNormalization.Unit, null, Stripes.Network, plan).Epoch(0).GetEnumerator();
        Assert.Equal(0, SteadyAllocations.Of(() =>
        {
            for (int step = 0; step < 3; step++) minibatches.MoveNext();
        }));
    }

    private static MinibatchLoader Loader(TrainingPlan plan, TargetMatrix? targets = null) => new(Numbered, new PixelNormalization(1, 0), targets, Small, plan);

    private static int[] Order(MinibatchLoader loader, int epoch) =>
        [.. loader.Epoch(epoch).SelectMany(minibatch => Enumerable.Range(0, minibatch.Count).Select(i => (int)minibatch.Images[i * 6]).ToArray())];

    private static float[][] Fill(MinibatchFiller filler, int[] rows, int epoch)
    {
        var minibatch = new Minibatch(rows.Length, Stripes.Network.InputShape, 3);
        filler.Fill(minibatch, rows, epoch);
        return [.. minibatch.Images.Chunk(Stripes.Network.InputShape.Size)];
    }
}
