using DigitML.Engine.Networks;

namespace DigitML.Engine.Reference;

/// <summary>
/// y = gamma · x̂ + beta with x̂ = (x − µ) / sqrt(σ² + epsilon) for each channel; µ and the biased σ² are those of the minibatch while training, the
/// running ones otherwise. Ioffe and Szegedy 2015, whose section 3 also gives the gradients.
/// </summary>
internal sealed class ReferenceBatchNorm(BatchNorm layer, NetworkLayer place, int slotCount) : ReferenceLayer(place, slotCount)
{
    internal override ReferenceTensor Forward(ReferenceTensor x, ReferencePass pass)
    {
        double[]? gamma = Find(ParameterRole.Scale)?.Values, beta = Find(ParameterRole.Bias)?.Values;
        double[] runningMean = Get(ParameterRole.RunningMean).Values, runningVariance = Get(ParameterRole.RunningVariance).Values;
        var y = new ReferenceTensor(x.N, OutputShape);
        for (int c = 0; c < x.C; c++)
        {
            var (mean, variance) = pass.IsTraining ? Statistics(x, c) : (runningMean[c], runningVariance[c]);
            double deviation = Math.Sqrt(variance + layer.Epsilon);
            for (int n = 0; n < x.N; n++)
                for (int h = 0; h < x.H; h++)
                    for (int w = 0; w < x.W; w++)
                    {
                        y[n, c, h, w] = (gamma is null ? 1 : gamma[c]) * (x[n, c, h, w] - mean) / deviation + (beta is null ? 0 : beta[c]);
                    }

            if (pass.IsTraining)
            {
                runningMean[c] = layer.Momentum * runningMean[c] + (1.0 - layer.Momentum) * mean;
                runningVariance[c] = layer.Momentum * runningVariance[c] + (1.0 - layer.Momentum) * variance;
            }
        }

        return y;
    }

    internal override ReferenceTensor Backward(ReferenceTensor x, ReferenceTensor dy, ReferencePass pass)
    {
        ReferenceParameter? gamma = Find(ParameterRole.Scale), beta = Find(ParameterRole.Bias);
        var dx = new ReferenceTensor(x.N, x.Shape);
        double count = x.N * x.H * x.W;
        for (int c = 0; c < x.C; c++)
        {
            var (mean, variance) = Statistics(x, c);
            double deviation = Math.Sqrt(variance + layer.Epsilon);
            double dBeta = 0, dGamma = 0;
            for (int n = 0; n < x.N; n++)
                for (int h = 0; h < x.H; h++)
                    for (int w = 0; w < x.W; w++)
                    {
                        dBeta += dy[n, c, h, w];
                        dGamma += dy[n, c, h, w] * (x[n, c, h, w] - mean) / deviation;
                    }

            double factor = (gamma is null ? 1 : gamma.Values[c]) / deviation;
            for (int n = 0; n < x.N; n++)
                for (int h = 0; h < x.H; h++)
                    for (int w = 0; w < x.W; w++)
                    {
                        double normalized = (x[n, c, h, w] - mean) / deviation;
                        dx[n, c, h, w] = factor * (dy[n, c, h, w] - dBeta / count - normalized * dGamma / count);
                    }

            if (gamma is not null) gamma.Gradient[c] = dGamma;
            if (beta is not null) beta.Gradient[c] = dBeta;
        }

        return dx;
    }

    private static (double Mean, double Variance) Statistics(ReferenceTensor x, int c)
    {
        double count = x.N * x.H * x.W, sum = 0, squares = 0;
        for (int n = 0; n < x.N; n++)
            for (int h = 0; h < x.H; h++)
                for (int w = 0; w < x.W; w++) sum += x[n, c, h, w];
        double mean = sum / count;
        for (int n = 0; n < x.N; n++)
            for (int h = 0; h < x.H; h++)
                for (int w = 0; w < x.W; w++) squares += (x[n, c, h, w] - mean) * (x[n, c, h, w] - mean);
        return (mean, squares / count);
    }
}
