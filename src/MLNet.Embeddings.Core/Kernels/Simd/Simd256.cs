using System.Runtime.Intrinsics;

using Vector = System.Runtime.Intrinsics.Vector256<float>;

namespace MLNet.Embeddings;

/// <summary>256-bit vectors: AVX2.</summary>
internal readonly unsafe struct Simd256 : ISimd<Vector>
{
    public static int Count => Vector.Count;
    public static int PanelVectors => 2;
    public static Vector Load(float* source) => Vector256.Load(source);
    public static void Store(Vector value, float* destination) => value.Store(destination);
    public static Vector Create(float value) => Vector256.Create(value);
    public static Vector Add(Vector left, Vector right) => left + right;
    public static Vector Subtract(Vector left, Vector right) => left - right;
    public static Vector Multiply(Vector left, Vector right) => left * right;
    public static Vector Divide(Vector left, Vector right) => left / right;
    public static Vector MultiplyAdd(Vector left, Vector right, Vector addend) => Vector256.MultiplyAddEstimate(left, right, addend);
    public static Vector Min(Vector left, Vector right) => Vector256.Min(left, right);
    public static Vector Max(Vector left, Vector right) => Vector256.Max(left, right);
    public static Vector Sqrt(Vector value) => Vector256.Sqrt(value);
    public static Vector Round(Vector value) => Vector256.Round(value);

    public static Vector PowerOfTwo(Vector exponent) =>
        ((Vector256.ConvertToInt32Native(exponent) + Vector256.Create(127)) << 23).AsSingle();
}
