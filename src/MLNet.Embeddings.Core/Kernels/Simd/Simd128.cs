using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

using Vector = System.Runtime.Intrinsics.Vector128<float>;

namespace MLNet.Embeddings;

/// <summary>128-bit vectors: SSE, NEON and WebAssembly.</summary>
internal readonly unsafe struct Simd128 : ISimd<Vector>
{
    public static int Count => Vector.Count;
    public static int PanelVectors => AdvSimd.IsSupported ? 4 : 2;
    public static Vector Load(float* source) => Vector128.Load(source);
    public static void Store(Vector value, float* destination) => value.Store(destination);
    public static Vector Create(float value) => Vector128.Create(value);
    public static Vector Add(Vector left, Vector right) => left + right;
    public static Vector Subtract(Vector left, Vector right) => left - right;
    public static Vector Multiply(Vector left, Vector right) => left * right;
    public static Vector Divide(Vector left, Vector right) => left / right;
    public static Vector MultiplyAdd(Vector left, Vector right, Vector addend) => Vector128.MultiplyAddEstimate(left, right, addend);
    public static Vector Min(Vector left, Vector right) => Vector128.Min(left, right);
    public static Vector Max(Vector left, Vector right) => Vector128.Max(left, right);
    public static Vector Sqrt(Vector value) => Vector128.Sqrt(value);
    public static Vector Round(Vector value) => Vector128.Round(value);

    public static Vector PowerOfTwo(Vector exponent) =>
        ((Vector128.ConvertToInt32Native(exponent) + Vector128.Create(127)) << 23).AsSingle();
}
