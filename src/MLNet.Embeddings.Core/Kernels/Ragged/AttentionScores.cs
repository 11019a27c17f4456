using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>How much each of many vectors matters: q · tanh(W e + b) for the vector e; forward and backward, one batch at a time.</summary>
/// <param name="width">Length of a vector.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed unsafe class AttentionScores(int width, int threads)
{
    /// <summary>Vectors, and rows of weights, that are worth a thread.</summary>
    private const int VectorsPerThread = 64, WeightsPerThread = 24;

    private readonly PackedMatrix _forward = new(width, width), _backward = new(width, width);
    private readonly TransposedWorkspace[] _workspaces = [.. Enumerable.Range(0, threads).Select(_ => new TransposedWorkspace(width))];
    private readonly AlignedFloats _hidden = new();

    /// <summary>Computes scores (vectors) and keeps what <see cref="Backward"/> needs.</summary>
    /// <param name="vectors">(vectors, width).</param>
    /// <param name="weights">W, (width, width).</param>
    /// <param name="bias">b, (width).</param>
    /// <param name="query">q, (width).</param>
    /// <param name="scores">The result.</param>
    public void Forward(ReadOnlySpan<float> vectors, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<float> query, Span<float> scores)
    {
        _forward.Pack(weights);
        float* hidden = _hidden.Require(scores.Length * width);
        fixed (float* from = vectors[..(scores.Length * width)], to = scores, b = bias[..width], q = query[..width])
        {
            float* values = from, results = to, biases = b, queries = q;
            Parts.Run(threads, scores.Length, VectorsPerThread, (_, start, end) =>
            {
                float* part = hidden + (nint)start * width;
                int count = end - start;
                MatrixProduct.Multiply(new(values + (nint)start * width, width, 1), count, _forward, new(biases, width), part, width, accumulate: false);
                Activation.Tanh(new Span<float>(part, count * width));
                MatrixProduct.MultiplyByVector(new(part, count * width), count, new(queries, width), 0, new(results + start, count));
            });
        }

        GC.KeepAlive(this);
    }

    /// <summary>Adds all gradients that follow from those of the scores, once after each <see cref="Forward"/>.</summary>
    /// <param name="scoreGradients">(vectors).</param>
    /// <param name="vectors">As given to <see cref="Forward"/>.</param>
    /// <param name="weights">As given to <see cref="Forward"/>.</param>
    /// <param name="query">As given to <see cref="Forward"/>.</param>
    /// <param name="vectorGradients">Added to, (vectors, width).</param>
    /// <param name="weightGradients">Added to, (width, width).</param>
    /// <param name="biasGradients">Added to, (width).</param>
    /// <param name="queryGradients">Added to, (width).</param>
    public void Backward(
        ReadOnlySpan<float> scoreGradients, ReadOnlySpan<float> vectors, ReadOnlySpan<float> weights, ReadOnlySpan<float> query,
        Span<float> vectorGradients, Span<float> weightGradients, Span<float> biasGradients, Span<float> queryGradients)
    {
        int count = scoreGradients.Length;
        float* hidden = _hidden.Start;
        _backward.PackTransposed(weights);
        fixed (float* s = scoreGradients, q = query[..width])
        fixed (float* from = vectors[..(count * width)], to = vectorGradients[..(count * width)], toWeights = weightGradients[..(width * width)])
        fixed (float* toQuery = queryGradients[..width])
        {
            float* scores = s, queries = q, values = from, sums = to, weightSums = toWeights;
            RowSums.AddWeighted(scores, 1, hidden, width, count, toQuery, width);
            Parts.Run(threads, count, VectorsPerThread, (_, start, end) =>
            {
                for (int i = start; i < end; i++) BackThroughTanh(new(hidden + (nint)i * width, width), scores[i], new(queries, width));
                MatrixProduct.Multiply(
                    new(hidden + (nint)start * width, width, 1), end - start, _backward, [], sums + (nint)start * width, width, accumulate: true);
            });
            Parts.Run(threads, width, WeightsPerThread, (part, start, end) => MatrixProduct.MultiplyTransposed(
                hidden + start, width, end - start, values, width, count, weightSums + (nint)start * width, _workspaces[part], accumulate: true));
        }

        RowSums.Add(new(hidden, count * width), count, biasGradients[..width]);
        GC.KeepAlive(this);
    }

    /// <summary>Replaces h = tanh(x) by the gradient of x: that of the score times q (1 - h²).</summary>
    private static void BackThroughTanh(Span<float> hidden, float scoreGradient, ReadOnlySpan<float> query)
    {
        TensorPrimitives.Multiply(hidden, hidden, hidden);
        TensorPrimitives.Subtract(1, hidden, hidden);
        TensorPrimitives.Multiply(hidden, query, hidden);
        TensorPrimitives.Multiply(hidden, scoreGradient, hidden);
    }
}
