using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Effectively computes relu(W [cos 2πcx, sin 2πcx] + b) of each number x, by frequencies c, weights W and a bias b of its own.</summary>
/// <param name="frequencies">Numbers × frequencies.</param>
/// <param name="weights">Numbers × dimensions × twice the frequencies.</param>
/// <param name="bias">Numbers × dimensions.</param>
/// <param name="count">Number of numbers.</param>
internal sealed class PeriodicEncoding(float[] frequencies, float[] weights, float[] bias, int count) : NumberEncoding
{
    private readonly int _frequencies = frequencies.Length / count, _dimensions = bias.Length / count;

    public override int ScratchSize => 2 * _frequencies;

    /// <summary>Writes the cosines and behind them the sines of the frequencies of a number.</summary>
    public static void Waves(float number, ReadOnlySpan<float> frequencies, Span<float> waves)
    {
        Span<float> cosines = waves[..frequencies.Length], sines = waves[frequencies.Length..];
        TensorPrimitives.Multiply(frequencies, 2 * MathF.PI * number, cosines);
        TensorPrimitives.SinCos(cosines, sines, cosines);
    }

    public override void Encode(ReadOnlySpan<float> numbers, Span<float> vectors, Span<float> scratch)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            Waves(numbers[i], frequencies.AsSpan(i * _frequencies, _frequencies), scratch);
            int first = i * _dimensions;
            var weightsOf = weights.AsSpan(first * scratch.Length, _dimensions * scratch.Length);
            for (int j = 0; j < _dimensions; j++)
                vectors[first + j] = Math.Max(0, TensorPrimitives.Dot(weightsOf.Slice(j * scratch.Length, scratch.Length), scratch) + bias[first + j]);
        }
    }
}
