namespace MLNet.Embeddings;

/// <summary>One element at a time: machines without vectors, and the ends of arrays that do not fill a vector.</summary>
internal readonly unsafe struct SimdScalar : ISimd<float>
{
    public static int Count => 1;
    public static int PanelVectors => 2;
    public static float Load(float* source) => *source;
    public static void Store(float value, float* destination) => *destination = value;
    public static float Create(float value) => value;
    public static float Add(float left, float right) => left + right;
    public static float Subtract(float left, float right) => left - right;
    public static float Multiply(float left, float right) => left * right;
    public static float Divide(float left, float right) => left / right;
    public static float MultiplyAdd(float left, float right, float addend) => float.MultiplyAddEstimate(left, right, addend);
    public static float Min(float left, float right) => MathF.Min(left, right);
    public static float Max(float left, float right) => MathF.Max(left, right);
    public static float Sqrt(float value) => MathF.Sqrt(value);
    public static float Round(float value) => MathF.Round(value);
    public static float PowerOfTwo(float exponent) => BitConverter.Int32BitsToSingle((int)exponent + 127 << 23);
}
