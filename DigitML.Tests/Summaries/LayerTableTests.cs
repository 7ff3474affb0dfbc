using DigitML.Data.Recipes;
using DigitML.Engine.Networks;
using DigitML.Experiments.Summaries;

namespace DigitML.Tests.Summaries;

public class LayerTableTests
{
    [Fact]
    public void The_table_reads_as_Keras_prints_it()
    {
        var network = new Network("tiny", Shape.Image(28, 28, 1), [new Conv2D(32, 3), new GlobalAveragePool2D(), new Dense(10)]);
        Assert.Equal(
            """
            Model: "tiny"
            ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
            ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
            ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
            │ conv2d (Conv2D)                 │ (None, 26, 26, 32)     │           320 │
            │ global_average_pooling2d        │ (None, 32)             │             0 │
            │ (GlobalAveragePool2D)           │                        │               │
            ├─────────────────────────────────┼────────────────────────┼───────────────┤
            │ dense (Dense)                   │ (None, 10)             │           330 │
            └─────────────────────────────────┴────────────────────────┴───────────────┘
             Total params: 650 (2.54 KB)
             Trainable params: 650 (2.54 KB)
             Non-trainable params: 0 (0.00 B)

            """.ReplaceLineEndings("\n"),
            LayerTable.Format(network));
    }

    [Fact]
    public void Counts_that_are_not_trained_are_told_apart()
    {
        string table = LayerTable.Format(RecipeCatalog.Get("compact-9768").BuildNetwork(28, 28, 10));
        Assert.EndsWith(" Total params: 9,960 (38.91 KB)\n Trainable params: 9,768 (38.16 KB)\n Non-trainable params: 192 (768.00 B)\n", table, StringComparison.Ordinal);
    }

    /// <summary>In a terminal of 80 columns no line of any recipe's table is broken, and all lines of it are as wide.</summary>
    [Fact]
    public void Tables_fit_80_columns()
    {
        foreach (string name in RecipeCatalog.Names)
        {
            string[] lines = LayerTable.Format(RecipeCatalog.Get(name).BuildNetwork(28, 28, 10)).Split('\n');
            Assert.InRange(Assert.Single(lines[1..^4].Select(line => line.Length).Distinct()), 60, 80);
        }
    }
}
