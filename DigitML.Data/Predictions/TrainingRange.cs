using DigitML.Data.Layouts;
using DigitML.Model;

namespace DigitML.Data.Predictions;

/// <summary>The range that the pixels of a model's training file had, kept in the model, so that files whose values leave doubt are read like it.</summary>
internal static class TrainingRange
{
    private const string Key = "pixelRange";

    /// <summary>The range: 0 to 255 if a model of DigitML says nothing else; null for a model of another program, or none.</summary>
    internal static PixelRange? Of(DigitModel? model)
    {
        if (model?.Metadata.Properties.GetValueOrDefault(Key) is { } text) return PixelRange.Parse(text);
        return model?.Metadata.WrittenBy?.StartsWith("DigitML", StringComparison.Ordinal) == true ? PixelRange.Bytes : null;
    }

    /// <summary>The model with the range in its metadata.</summary>
    internal static DigitModel WithTrainingRange(this DigitModel model, PixelRange range) => range == PixelRange.Bytes ? model
        : new DigitModel(model.Members, model.Labels, model.TestTimeShift, model.Metadata with { Properties = model.Metadata.Properties.SetItem(Key, range.ToString()) });
}
