namespace DigitML.Engine.Randomness;

/// <summary>The purpose of random numbers: the first coordinate of every stream, so that no two purposes share numbers.</summary>
internal enum RandomPurpose
{
    /// <summary>A network's initial weights; coordinate: the tensor's index.</summary>
    Weights = 1,

    /// <summary>The order of the rows in an epoch; coordinate: the epoch.</summary>
    Order = 2,

    /// <summary>The augmentation of a row; coordinates: epoch and row.</summary>
    Augmentation = 3,

    /// <summary>The values a dropout layer drops; coordinates: step and layer index.</summary>
    Dropout = 4,

    /// <summary>Which rows are held out for validation; coordinate: the class.</summary>
    ValidationSplit = 5,

    /// <summary>Which rows are held out for the final test, and the order of all rows.</summary>
    TestSplit = 6,

    /// <summary>The recipes a search tries; coordinate: the recipe's number.</summary>
    Search = 7,

    /// <summary>Synthetic images and labels for benchmarks and tests.</summary>
    SyntheticData = 8,
}
