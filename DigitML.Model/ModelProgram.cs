using System.Collections.Immutable;
using System.Numerics;
using DigitML.Engine.Datasets;
using DigitML.Engine.Devices;
using DigitML.Engine.Memory;
using DigitML.Engine.Networks;
using DigitML.Model.Contents;

namespace DigitML.Model;

/// <summary>
/// A model compiled for prediction: from pixels to the scores of its network, or to the mean of the scores of all its networks at all positions of the image. Thread-safe;
/// it does not allocate after the first prediction of each thread.
/// </summary>
internal sealed class ModelProgram : IDisposable
{
    // Images that go to the device at once: enough to keep all its threads busy, few enough to stay in its caches.
    private const int ChunkSize = 256;

    private readonly (IInferenceProgram Program, PixelNormalization Normalization)[] members;
    private readonly ImmutableArray<ImageShift> positions;
    private readonly int height, width, classCount, chunkSize;
    private readonly bool isAveraging;
    private readonly Pool<float[]> images, chunks, scoresOfViews;

    /// <summary>Compiles a model; later changes to its weights have no effect.</summary>
    internal ModelProgram(DigitModel model, IDevice device)
    {
        members = new (IInferenceProgram, PixelNormalization)[model.Members.Length];
        int compiled = 0;
        try
        {
            foreach (ModelMember member in model.Members)
            {
                members[compiled] = (device.CompileInference(InferenceForm.Of(member.Weights).Weights), member.Normalization);
                compiled++;
            }
        }
        catch
        {
            foreach (var (program, _) in members.AsSpan(0, compiled)) program.Dispose();
            throw;
        }

        positions = TestTimeShifts.Positions(model.TestTimeShift);
        isAveraging = members.Length * positions.Length > 1;
        Shape image = model.InputShape;
        (height, width, classCount, chunkSize) = (image.Height, image.Width, model.Labels.Count, ChunkSize / positions.Length);
        images = Buffers(positions.Length * image.Size);
        chunks = Buffers(chunkSize * positions.Length * image.Size);
        scoresOfViews = Buffers(chunkSize * positions.Length * classCount);
    }

    /// <summary>Scores a batch of images.</summary>
    /// <param name="pixels">count x Height x Width values of 0 .. 255.</param>
    /// <param name="count">Images, 0 or more.</param>
    /// <param name="scores">Receives count x K scores.</param>
    internal void Predict<TPixel>(ReadOnlySpan<TPixel> pixels, int count, Span<float> scores) where TPixel : struct, INumberBase<TPixel>
    {
        int size = height * width;
        Pool<float[]> pool = count == 1 ? images : chunks;
        float[] views = pool.Take();
        for (int start = 0; start < count; start += chunkSize)
        {
            int length = Math.Min(chunkSize, count - start);
            Score(pixels.Slice(start * size, length * size), length, views, scores.Slice(start * classCount, length * classCount));
        }

        pool.Return(views);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (program, _) in members) program.Dispose();
    }

    private void Score<TPixel>(ReadOnlySpan<TPixel> pixels, int count, Span<float> views, Span<float> scores) where TPixel : struct, INumberBase<TPixel>
    {
        if (!isAveraging)
        {
            Normalize(pixels, members[0].Normalization, views);
            members[0].Program.Predict(views[..pixels.Length], count, scores);
            return;
        }

        views = views[..(positions.Length * pixels.Length)];
        float[] rented = scoresOfViews.Take();
        Span<float> each = rented.AsSpan(0, positions.Length * scores.Length);
        scores.Clear();
        for (int m = 0; m < members.Length; m++)
        {
            var (program, normalization) = members[m];
            if (m == 0 || normalization != members[m - 1].Normalization) WriteViews(pixels, normalization, views);
            program.Predict(views, positions.Length * count, each);
            for (int i = 0; i < each.Length; i += scores.Length) Add(each.Slice(i, scores.Length), scores);
        }

        float share = 1f / (members.Length * positions.Length);
        foreach (ref float score in scores) score *= share;
        scoresOfViews.Return(rented);
    }

    /// <summary>Writes the normalised images at each position: positions x count x Height x Width.</summary>
    private void WriteViews<TPixel>(ReadOnlySpan<TPixel> pixels, PixelNormalization normalization, Span<float> views) where TPixel : struct, INumberBase<TPixel>
    {
        Normalize(pixels, normalization, views);
        ReadOnlySpan<float> centred = views[..pixels.Length];
        for (int p = 1; p < positions.Length; p++)
        {
            Span<float> view = views.Slice(p * pixels.Length, pixels.Length);
            view.Fill(normalization.Apply(0));
            var (_, down, right) = positions[p];
            int wide = width - Math.Abs(right);
            for (int row = 0; row < pixels.Length / width; row++)
            {
                int target = row % height + down;
                if (target < 0 || target >= height) continue;
                centred.Slice(row * width + Math.Max(-right, 0), wide).CopyTo(view.Slice((row + down) * width + Math.Max(right, 0), wide));
            }
        }
    }

    private static void Normalize<TPixel>(ReadOnlySpan<TPixel> pixels, PixelNormalization normalization, Span<float> normalized)
        where TPixel : struct, INumberBase<TPixel>
    {
        for (int i = 0; i < pixels.Length; i++) normalized[i] = normalization.Apply(float.CreateTruncating(pixels[i]));
    }

    private static Pool<float[]> Buffers(int length) => new(() => new float[length]);

    private static void Add(ReadOnlySpan<float> values, Span<float> sums)
    {
        for (int i = 0; i < sums.Length; i++) sums[i] += values[i];
    }
}
