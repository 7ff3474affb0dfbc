namespace DigitML.Engine.Cpu.Simd;

/// <summary>
/// The operations of one vector width, as static methods over the vector type itself: kernels generic over (TVector, TSimd) compile to the
/// same code as hand-written ones, which a wrapper struct around the vector does not.
/// </summary>
internal unsafe interface ISimd<TVector> where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>Maximum number of accumulator rows of a two-column kernel that leaves registers for its operands.</summary>
    static abstract int MaxRows { get; }

    static abstract TVector Load(float* source);

    static abstract void Store(TVector value, float* destination);

    static abstract TVector Create(float value);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector Sqrt(TVector value);

    /// <summary>The larger of each lane; <paramref name="right"/> where that is not a number.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>left · right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>addend − left · right, rounded once, in one instruction if there is one: the compiler does not select it for a negated factor.</summary>
    static abstract TVector MultiplySubtract(TVector left, TVector right, TVector addend);

    /// <summary>Lane by lane <paramref name="value"/> where <paramref name="test"/> is above 0, else 0.</summary>
    static abstract TVector WherePositive(TVector test, TVector value);

    /// <summary>Lane by lane <paramref name="then"/> where the first two are equal, else <paramref name="otherwise"/>.</summary>
    static abstract TVector WhereEqual(TVector left, TVector right, TVector then, TVector otherwise);

    /// <summary>Lane by lane <paramref name="then"/> where left is above right, else <paramref name="otherwise"/>.</summary>
    static abstract TVector WhereGreater(TVector left, TVector right, TVector then, TVector otherwise);

    /// <summary>Lane by lane 0 where <see cref="Randomness.DropoutMask"/> drops index <c>indices[lane] + offset</c>, else the scale of kept values.</summary>
    static abstract TVector DropoutFactor(uint* indices, uint offset, Randomness.DropoutMask mask);
}
