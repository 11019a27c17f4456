using System.Runtime.Intrinsics;

using Vector = System.Runtime.Intrinsics.Vector512<float>;

namespace MLNet.Embeddings;

/// <summary>512-bit vectors: AVX-512.</summary>
internal readonly unsafe struct Simd512 : ISimd<Vector>
{
    public static int Count => Vector.Count;
    public static int PanelVectors => 4;
    public static Vector Load(float* source) => Vector512.Load(source);
    public static void Store(Vector value, float* destination) => value.Store(destination);
    public static Vector Create(float value) => Vector512.Create(value);
    public static Vector Add(Vector left, Vector right) => left + right;
    public static Vector Subtract(Vector left, Vector right) => left - right;
    public static Vector Multiply(Vector left, Vector right) => left * right;
    public static Vector Divide(Vector left, Vector right) => left / right;
    public static Vector MultiplyAdd(Vector left, Vector right, Vector addend) => Vector512.MultiplyAddEstimate(left, right, addend);
    public static Vector Min(Vector left, Vector right) => Vector512.Min(left, right);
    public static Vector Max(Vector left, Vector right) => Vector512.Max(left, right);
    public static Vector Sqrt(Vector value) => Vector512.Sqrt(value);
    public static Vector Round(Vector value) => Vector512.Round(value);

    public static Vector PowerOfTwo(Vector exponent) =>
        ((Vector512.ConvertToInt32Native(exponent) + Vector512.Create(127)) << 23).AsSingle();
}
