using System.Runtime.CompilerServices;
using DigitML.Engine.Cpu.Simd;
using DigitML.Engine.Optimizers;

namespace DigitML.Engine.Cpu.Kernels;

/// <summary>One step of an optimizer over a run of parameter values, as <see cref="Optimizer"/>'s records define them.</summary>
/// <param name="w">Parameter values.</param>
/// <param name="g">Their gradients.</param>
/// <param name="length">Values, a whole number of vectors.</param>
/// <param name="learningRate">The step's learning rate.</param>
/// <param name="decay">Factor on a weight before its update: 1 − learning rate · weight decay, or 1.</param>
internal unsafe ref struct OptimizerStep<TVector, TSimd>(float* w, float* g, int length, float learningRate, float decay)
    where TVector : struct
    where TSimd : struct, ISimd<TVector>
{
    /// <summary>Adam at step <paramref name="t"/>, counted from 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal readonly void Run(Adam adam, float* m, float* v, long t)
    {
        // lr · (m / c1) / (sqrt(v / c2) + ε) with the corrections c1 and c2 moved out of the loop.
        double correction1 = 1 - Math.Pow(adam.Beta1, t), correction2 = 1 - Math.Pow(adam.Beta2, t);
        TVector rate = TSimd.Create((float)(learningRate / correction1)), root = TSimd.Create((float)(1 / Math.Sqrt(correction2)));
        TVector beta1 = TSimd.Create(adam.Beta1), rest1 = TSimd.Create(1 - adam.Beta1), epsilon = TSimd.Create(adam.Epsilon);
        TVector beta2 = TSimd.Create(adam.Beta2), rest2 = TSimd.Create(1 - adam.Beta2), kept = TSimd.Create(decay);
        for (int i = 0; i < length; i += TSimd.Lanes)
        {
            TVector gradient = TSimd.Load(g + i);
            TVector first = TSimd.MultiplyAdd(beta1, TSimd.Load(m + i), TSimd.Multiply(rest1, gradient));
            TVector second = TSimd.MultiplyAdd(beta2, TSimd.Load(v + i), TSimd.Multiply(rest2, TSimd.Multiply(gradient, gradient)));
            TSimd.Store(first, m + i);
            TSimd.Store(second, v + i);
            TVector step = TSimd.Divide(TSimd.Multiply(rate, first), TSimd.MultiplyAdd(TSimd.Sqrt(second), root, epsilon));
            TSimd.Store(TSimd.Subtract(TSimd.Multiply(TSimd.Load(w + i), kept), step), w + i);
        }
    }

    /// <summary>RMSprop.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal readonly void Run(RmsProp rmsProp, float* v)
    {
        TVector rate = TSimd.Create(learningRate), rho = TSimd.Create(rmsProp.Rho), rest = TSimd.Create(1 - rmsProp.Rho);
        TVector epsilon = TSimd.Create(rmsProp.Epsilon), kept = TSimd.Create(decay);
        for (int i = 0; i < length; i += TSimd.Lanes)
        {
            TVector gradient = TSimd.Load(g + i);
            TVector square = TSimd.MultiplyAdd(rho, TSimd.Load(v + i), TSimd.Multiply(rest, TSimd.Multiply(gradient, gradient)));
            TSimd.Store(square, v + i);
            TVector step = TSimd.Divide(TSimd.Multiply(rate, gradient), TSimd.Add(TSimd.Sqrt(square), epsilon));
            TSimd.Store(TSimd.Subtract(TSimd.Multiply(TSimd.Load(w + i), kept), step), w + i);
        }
    }

    /// <summary>Gradient descent; <paramref name="u"/> is null if there is no momentum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal readonly void Run(Sgd sgd, float* u)
    {
        TVector rate = TSimd.Create(-learningRate), momentum = TSimd.Create(sgd.Momentum), kept = TSimd.Create(decay);
        for (int i = 0; i < length; i += TSimd.Lanes)
        {
            TVector gradient = TSimd.Load(g + i), step = gradient;
            if (u != null)
            {
                TVector velocity = TSimd.MultiplyAdd(momentum, TSimd.Load(u + i), gradient);
                TSimd.Store(velocity, u + i);
                step = sgd.Nesterov ? TSimd.MultiplyAdd(momentum, velocity, gradient) : velocity;
            }

            TSimd.Store(TSimd.MultiplyAdd(rate, step, TSimd.Multiply(TSimd.Load(w + i), kept)), w + i);
        }
    }

    /// <summary>average = d · average + (1 − d) · values, written so that equal numbers stay equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Average(float* average, float* values, int length, float decay)
    {
        TVector rest = TSimd.Create(1 - decay);
        for (int i = 0; i < length; i += TSimd.Lanes)
        {
            TVector old = TSimd.Load(average + i);
            TSimd.Store(TSimd.MultiplyAdd(rest, TSimd.Subtract(TSimd.Load(values + i), old), old), average + i);
        }
    }
}
