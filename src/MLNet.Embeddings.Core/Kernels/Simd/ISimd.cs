namespace MLNet.Embeddings;

/// <summary>The vector arithmetic of one register width: what kernels are written in, once for all widths.</summary>
/// <typeparam name="TVector">The vector of that width; a plain <see cref="float"/> where there are no vectors.</typeparam>
/// <remarks>Kernels take an implementation as a type argument, which the JIT compiles into the bare instructions.</remarks>
internal unsafe interface ISimd<TVector> where TVector : struct
{
    /// <summary>Elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Vectors beside each other in a full panel of a packed matrix: 4, or 2 where six rows of 4 exceed the registers.</summary>
    static abstract int PanelVectors { get; }

    /// <summary>The vector at an address of any alignment.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes a vector to an address of any alignment.</summary>
    static abstract void Store(TVector value, float* destination);

    /// <summary>A vector of equal elements.</summary>
    static abstract TVector Create(float value);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left - right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>left · right.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>left / right.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left · right + addend, rounded once where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The smaller element; NaN where either is NaN.</summary>
    static abstract TVector Min(TVector left, TVector right);

    /// <summary>The larger element; NaN where either is NaN.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The square root.</summary>
    static abstract TVector Sqrt(TVector value);

    /// <summary>The nearest whole number.</summary>
    static abstract TVector Round(TVector value);

    /// <summary>2 to the power of a whole number from -126 to 127; infinity for 128.</summary>
    static abstract TVector PowerOfTwo(TVector exponent);
}
