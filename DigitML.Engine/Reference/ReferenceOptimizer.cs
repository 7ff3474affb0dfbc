using DigitML.Engine.Networks;
using DigitML.Engine.Optimizers;

namespace DigitML.Engine.Reference;

/// <summary>The optimizers' formulas, value by value, in double precision.</summary>
internal static class ReferenceOptimizer
{
    /// <summary>Updates a parameter with its gradient.</summary>
    /// <param name="optimizer">The formula.</param>
    /// <param name="parameter">Values, gradient and slots; the values and the slots change.</param>
    /// <param name="learningRate">Size of the step.</param>
    /// <param name="t">Number of this step, counted from 1.</param>
    internal static void Step(Optimizer optimizer, ReferenceParameter parameter, double learningRate, long t)
    {
        if (!parameter.Spec.IsTrainable) return;
        if (parameter.Spec.Role == ParameterRole.Weight) Decay(parameter.Values, learningRate * optimizer.WeightDecay);
        switch (optimizer)
        {
            case Adam adam:
                Step(adam, parameter.Values, parameter.Gradient, parameter.Slots[0], parameter.Slots[1], learningRate, t);
                break;
            case RmsProp rmsProp:
                Step(rmsProp, parameter.Values, parameter.Gradient, parameter.Slots[0], learningRate);
                break;
            case Sgd { Momentum: 0 }:
                Step(parameter.Values, parameter.Gradient, learningRate);
                break;
            case Sgd sgd:
                Step(sgd, parameter.Values, parameter.Gradient, parameter.Slots[0], learningRate);
                break;
            default:
                throw new NotSupportedException($"{optimizer.GetType().Name} has no reference.");
        }
    }

    private static void Decay(double[] w, double share)
    {
        for (int i = 0; i < w.Length; i++) w[i] -= share * w[i];
    }

    private static void Step(Adam adam, double[] w, double[] g, double[] m, double[] v, double learningRate, long t)
    {
        for (int i = 0; i < w.Length; i++)
        {
            m[i] = adam.Beta1 * m[i] + (1.0 - adam.Beta1) * g[i];
            v[i] = adam.Beta2 * v[i] + (1.0 - adam.Beta2) * g[i] * g[i];
            double mean = m[i] / (1 - Math.Pow(adam.Beta1, t)), meanSquare = v[i] / (1 - Math.Pow(adam.Beta2, t));
            w[i] -= learningRate * mean / (Math.Sqrt(meanSquare) + adam.Epsilon);
        }
    }

    private static void Step(RmsProp rmsProp, double[] w, double[] g, double[] v, double learningRate)
    {
        for (int i = 0; i < w.Length; i++)
        {
            v[i] = rmsProp.Rho * v[i] + (1.0 - rmsProp.Rho) * g[i] * g[i];
            w[i] -= learningRate * g[i] / (Math.Sqrt(v[i]) + rmsProp.Epsilon);
        }
    }

    private static void Step(double[] w, double[] g, double learningRate)
    {
        for (int i = 0; i < w.Length; i++) w[i] -= learningRate * g[i];
    }

    private static void Step(Sgd sgd, double[] w, double[] g, double[] u, double learningRate)
    {
        for (int i = 0; i < w.Length; i++)
        {
            u[i] = sgd.Momentum * u[i] + g[i];
            w[i] -= learningRate * (sgd.Nesterov ? g[i] + sgd.Momentum * u[i] : u[i]);
        }
    }
}
