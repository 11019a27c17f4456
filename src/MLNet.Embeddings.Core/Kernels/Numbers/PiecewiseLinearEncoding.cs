using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>
/// A vector at each edge of a number's bins, in a straight line between them; a number is the edge before it plus the share of the bin behind that.
/// </summary>
/// <remarks>
/// Effectively computes the linear map w s + b + Σ Wⱼ clamp(x - j, 0, 1) over the bins j of a number x, where s is x brought to mean 0 and deviation 1 as if
/// all bins held as many numbers. That is linear between the edges, so its values there say it all, and a row costs the same for any number of bins.
/// </remarks>
internal sealed class PiecewiseLinearEncoding
{
    private readonly int[] _bins, _starts;
    private readonly int _dimensions;
    private readonly float[] _vectors;

    /// <param name="bins">Bins of each number, at least 0.</param>
    /// <param name="dimensions">Length of a vector.</param>
    public PiecewiseLinearEncoding(int[] bins, int dimensions)
    {
        (_bins, _dimensions, _starts) = (bins, dimensions, new int[bins.Length]);
        for (int number = 1; number < bins.Length; number++) _starts[number] = _starts[number - 1] + bins[number - 1] + 1;
        _vectors = new float[(bins.Sum() + bins.Length) * dimensions];
    }

    /// <summary>The encoding of trained weights.</summary>
    /// <param name="bins">Bins of each number.</param>
    /// <param name="binWeights">The weights of the bins of all numbers: bins × dimensions.</param>
    /// <param name="linearWeights">Numbers × dimensions.</param>
    /// <param name="bias">Numbers × dimensions.</param>
    public static PiecewiseLinearEncoding Of(int[] bins, ReadOnlySpan<float> binWeights, ReadOnlySpan<float> linearWeights, ReadOnlySpan<float> bias)
    {
        var encoding = new PiecewiseLinearEncoding(bins, bias.Length / bins.Length);
        encoding.Pack(binWeights, linearWeights, bias);
        return encoding;
    }

    /// <summary>Values of the vectors at the edges of all numbers.</summary>
    public int VectorsSize => _vectors.Length;

    /// <summary>s of the number 0 on the scale of a number of so many bins, and how much it rises to 1.</summary>
    public static (float Origin, float Slope) Standardization(int bins) => bins == 0 ? (0, 0) : (-MathF.Sqrt(3), MathF.Sqrt(12) / bins);

    /// <summary>Takes the weights as they are now.</summary>
    /// <inheritdoc cref="Of" path="/param"/>
    public void Pack(ReadOnlySpan<float> binWeights, ReadOnlySpan<float> linearWeights, ReadOnlySpan<float> bias)
    {
        for (int number = 0, bin = 0; number < _bins.Length; number++)
        {
            var (origin, slope) = Standardization(_bins[number]);
            var linear = linearWeights.Slice(number * _dimensions, _dimensions);
            var vector = Vector(_vectors, _starts[number]);
            TensorPrimitives.MultiplyAdd(linear, origin, bias.Slice(number * _dimensions, _dimensions), vector);
            for (int edge = 1; edge <= _bins[number]; edge++, bin++)
            {
                var next = Vector(_vectors, _starts[number] + edge);
                TensorPrimitives.MultiplyAdd(linear, slope, vector, next);
                TensorPrimitives.Add(next, binWeights.Slice(bin * _dimensions, _dimensions), next);
                vector = next;
            }
        }
    }

    /// <summary>Writes the vectors of a row.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="vectors">Receives numbers × dimensions.</param>
    public void Encode(ReadOnlySpan<float> numbers, Span<float> vectors)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            var (edge, share) = Place(i, numbers[i]);
            var vector = vectors.Slice(i * _dimensions, _dimensions);
            if (share == 0) Vector(_vectors, edge).CopyTo(vector);
            else TensorPrimitives.Lerp(Vector(_vectors, edge), Vector(_vectors, edge + 1), share, vector);
        }
    }

    /// <summary>Adds the gradients of a row's vectors to those of the vectors at the edges.</summary>
    /// <param name="numbers">The numbers that were encoded.</param>
    /// <param name="gradients">Gradients of their vectors.</param>
    /// <param name="sums">What is added to, of <see cref="VectorsSize"/>.</param>
    public void AddGradients(ReadOnlySpan<float> numbers, ReadOnlySpan<float> gradients, Span<float> sums)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            var (edge, share) = Place(i, numbers[i]);
            var gradient = gradients.Slice(i * _dimensions, _dimensions);
            var sum = Vector(sums, edge);
            TensorPrimitives.MultiplyAdd(gradient, 1 - share, sum, sum);
            if (share == 0) continue;
            sum = Vector(sums, edge + 1);
            TensorPrimitives.MultiplyAdd(gradient, share, sum, sum);
        }
    }

    /// <summary>Adds the gradients of the weights that follow from those of the vectors at the edges.</summary>
    /// <param name="sums">As <see cref="AddGradients"/> left them; overwritten.</param>
    /// <param name="binWeights">Gradients of what <see cref="Pack"/> took.</param>
    /// <param name="linearWeights">See above.</param>
    /// <param name="bias">See above.</param>
    public void AddWeightGradients(Span<float> sums, Span<float> binWeights, Span<float> linearWeights, Span<float> bias)
    {
        for (int number = 0, firstBin = 0; number < _bins.Length; firstBin += _bins[number++])
        {
            var (origin, slope) = Standardization(_bins[number]);
            var linear = linearWeights.Slice(number * _dimensions, _dimensions);
            // The vector at an edge is that at the edge before, the weights of the bin between them and a step of the linear part.
            for (int edge = _bins[number]; edge > 0; edge--)
            {
                var gradient = Vector(sums, _starts[number] + edge);
                var weights = binWeights.Slice((firstBin + edge - 1) * _dimensions, _dimensions);
                TensorPrimitives.Add(weights, gradient, weights);
                TensorPrimitives.MultiplyAdd(gradient, slope, linear, linear);
                var before = Vector(sums, _starts[number] + edge - 1);
                TensorPrimitives.Add(before, gradient, before);
            }
            var first = Vector(sums, _starts[number]);
            TensorPrimitives.MultiplyAdd(first, origin, linear, linear);
            var biases = bias.Slice(number * _dimensions, _dimensions);
            TensorPrimitives.Add(biases, first, biases);
        }
    }

    /// <summary>The edge before a number, among those of all numbers, and the share of the bin behind it.</summary>
    private (int Edge, float Share) Place(int index, float number)
    {
        int edge = Math.Clamp((int)number, 0, _bins[index]);
        return (_starts[index] + edge, edge == _bins[index] ? 0 : number - edge);
    }

    private Span<float> Vector(Span<float> vectors, int edge) => vectors.Slice(edge * _dimensions, _dimensions);
}
