using DigitML.Data.Recipes;
using DigitML.Engine;
using DigitML.Engine.Datasets;
using DigitML.Engine.Networks;
using DigitML.Experiments.RunFiles;
using DigitML.Model;
using DigitML.Model.Files;
using DigitML.Model.Contents;

namespace DigitML.Experiments.Ensembles;

/// <summary>Merges several models into one, which averages their scores.</summary>
internal static class MergedModels
{
    /// <summary>Merges the networks of all models, each with the normalisation it was trained with; each network of an ensemble counts separately.</summary>
    /// <param name="paths">Model files, or run folders that hold one.</param>
    /// <param name="testTimeShift">Pixels by which images are also shifted; the models' own shifts are not kept.</param>
    /// <param name="normalization">How pixels are scaled for models of other programs; null to give them pixels from 0 to 255.</param>
    /// <exception cref="DigitMLException">A model cannot be read, its labels or image size differ from those of the first, or it is named twice.</exception>
    internal static DigitModel Merge(IReadOnlyList<string> paths, int testTimeShift, PixelNormalization? normalization = null)
    {
        (string Path, DigitModel Model)[] sources = [.. paths.Select(RunFolder.ModelIn).Select(path => (path, Scaled(DigitModel.Load(path))))];
        var (firstPath, first) = sources[0];
        foreach (var (path, model) in sources)
        {
            Shape image = model.InputShape, wanted = first.InputShape;
            if (image != wanted)
            {
                throw new DigitMLException(
                    $"{path}: it takes images of {image.Height}x{image.Width} but {firstPath} takes {wanted.Height}x{wanted.Width}; the models of an ensemble need the same image size.");
            }

            if (!model.Labels.Labels.SequenceEqual(first.Labels.Labels))
            {
                throw new DigitMLException(
                    $"{path}: its labels are {DisplayText.Few(model.Labels.Labels)} but those of {firstPath} are {DisplayText.Few(first.Labels.Labels)}; "
                    + "the models of an ensemble need the same labels in the same order.");
            }
        }

        (string Path, string Sha256)[] hashes = [.. sources.Select(source => (source.Path, source.Model.ComputeSha256()))];
        for (int i = 1; i < hashes.Length; i++)
        {
            string? same = hashes[..i].FirstOrDefault(earlier => earlier.Sha256 == hashes[i].Sha256).Path;
            if (same is not null) throw new DigitMLException($"{hashes[i].Path} is the same model as {same}, which would count twice; name it once.");
        }

        // The metrics of the merged models do not apply to the result.
        ModelMetadata metadata = sources.Length == 1
            ? first.Metadata with { MetricsJson = null }
            : new ModelMetadata { MembersJson = MemberInfo.Write(sources.SelectMany(source => MemberInfo.Of(source.Model))) };
        return new DigitModel(sources.SelectMany(source => source.Model.Members), first.Labels, testTimeShift, metadata);

        DigitModel Scaled(DigitModel model) => normalization is { } scaling && !model.IsInputRangeKnown ? model.WithNormalization(scaling) : model;
    }
}
