using DigitML.Engine;
using DigitML.Model.Images;

namespace DigitML.Model;

/// <summary>Predictions for one image with any <see cref="IDigitScorer"/>.</summary>
public static class DigitScorerExtensions
{
    extension(IDigitScorer scorer)
    {
        /// <summary>Number of classes.</summary>
        public int ClassCount => scorer.Labels.Count;

        /// <summary>Pixels of an image: height x width.</summary>
        public int PixelCount => scorer.Height * scorer.Width;

        /// <summary>Predicts one image of the scorer's size.</summary>
        /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
        /// <exception cref="ArgumentException">The number of pixels does not match the image size.</exception>
        /// <exception cref="DigitMLException">A score is not a finite number.</exception>
        public DigitPrediction Predict(ReadOnlySpan<byte> pixels)
        {
            var scores = new float[scorer.Labels.Count];
            TopPrediction top = scorer.Predict(pixels, scores);
            return new DigitPrediction(top.Label, top.Key, top.Score, scores);
        }

        /// <summary>Predicts one image of the scorer's size without allocating anything beyond what the scorer does.</summary>
        /// <param name="pixels">Height x Width bytes, row-major; 0 is background, 255 is ink.</param>
        /// <param name="scores">Receives one score per class, in key order.</param>
        /// <exception cref="ArgumentException">The number of pixels or scores does not match the scorer.</exception>
        /// <exception cref="DigitMLException">A score is not a finite number.</exception>
        public TopPrediction Predict(ReadOnlySpan<byte> pixels, Span<float> scores)
        {
            scorer.PredictBatch(pixels, 1, scores);
            return scorer.Top(scores);
        }

        /// <summary>
        /// Predicts a picture of any size, dark on light or light on dark. It is first converted to the scorer's size (<see cref="DigitImage.Prepare"/>).
        /// </summary>
        /// <exception cref="DigitMLException">The picture is empty, or a score is not a finite number.</exception>
        public DigitPrediction Predict(DigitImage image)
        {
            ArgumentNullException.ThrowIfNull(image);
            return scorer.Predict(image.Prepare(scorer.Height, scorer.Width).Pixels);
        }

        /// <summary>Finds the class with the highest score of one image; the lower key on a tie.</summary>
        /// <param name="scores">One score per class.</param>
        /// <exception cref="ArgumentException">The number of scores does not match the number of classes.</exception>
        /// <exception cref="DigitMLException">A score is not a finite number.</exception>
        public TopPrediction Top(ReadOnlySpan<float> scores) => TopPrediction.Of(scorer.Labels, scores);
    }
}
