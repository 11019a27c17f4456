using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The cross-entropy of a softmax over the outputs of a dense layer, with all gradients, in one pass over blocks of rows.</summary>
/// <remarks>
/// The numbers of all classes are in memory for a block of rows only: with many classes they would be by far the largest thing in a step. Each thread treats rows of its
/// own. The same input and number of threads give the same bits.
/// </remarks>
/// <param name="inputs">Length of the vectors.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed unsafe class SoftmaxLoss(int inputs, int classes, int threads)
{
    /// <summary>Rows that are treated together; fewer are not worth a thread.</summary>
    private const int BlockRows = 192, RowsPerThread = 48, WeightsPerThread = 64;

    private readonly PackedMatrix _forward = new(classes, inputs), _backward = new(inputs, classes);
    private readonly SoftmaxLossSums[] _sums = [.. Enumerable.Range(0, threads).Select(_ => new SoftmaxLossSums(inputs, classes))];
    private readonly AlignedFloats _vectorGradients = new();
    private int _rows, _parts;

    /// <summary>Computes what each row costs, and which class is the most probable.</summary>
    /// <param name="vectors">(rows, inputs).</param>
    /// <param name="weights">W, (classes, inputs).</param>
    /// <param name="bias">b, (classes).</param>
    /// <param name="wanted">The class that is wanted of each row.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    /// <param name="losses">Receives minus the logarithm of the wanted class's probability, a row each.</param>
    /// <param name="best">Receives the most probable class, a row each.</param>
    public void Judge(ReadOnlySpan<float> vectors, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int[] wanted, int firstClass, double[] losses, int[] best)
    {
        _forward.Pack(weights);
        fixed (float* from = vectors[..(wanted.Length * inputs)], b = bias[..classes])
        {
            float* values = from, biases = b;
            Parts.Run(threads, wanted.Length, RowsPerThread, (part, start, end) =>
            {
                for (int first = start; first < end; first += BlockRows)
                {
                    int rows = Math.Min(BlockRows, end - first);
                    float* scores = Score(part, values + (nint)first * inputs, rows, biases);
                    for (int row = 0; row < rows; row++)
                    {
                        var all = new Span<float>(scores + (nint)row * classes, classes);
                        best[first + row] = firstClass + TensorPrimitives.IndexOfMax<float>(all[firstClass..]);
                        float given = all[wanted[first + row]];
                        losses[first + row] = LogSum(all) - given;
                    }
                }
            });
        }

        GC.KeepAlive(this);
    }

    /// <summary>Computes the mean loss of all rows and keeps its gradients for <see cref="Backward"/>.</summary>
    /// <param name="vectors">(rows, inputs).</param>
    /// <param name="weights">W, (classes, inputs).</param>
    /// <param name="bias">b, (classes).</param>
    /// <param name="wanted">The class that is wanted of each row.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    public double Forward(ReadOnlySpan<float> vectors, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int[] wanted, double smoothing)
    {
        _rows = wanted.Length;
        _forward.Pack(weights);
        _backward.PackTransposed(weights);
        float* gradients = _vectorGradients.Require(_rows * inputs);
        fixed (float* from = vectors[..(_rows * inputs)], b = bias[..classes])
        {
            float* values = from, biases = b;
            _parts = Parts.Run(threads, _rows, RowsPerThread, (part, start, end) =>
            {
                var sums = _sums[part];
                sums.Clear();
                for (int first = start; first < end; first += BlockRows)
                {
                    int rows = Math.Min(BlockRows, end - first);
                    float* block = values + (nint)first * inputs, scores = Score(part, block, rows, biases);
                    for (int row = 0; row < rows; row++) sums.Loss += Differentiate(new(scores + (nint)row * classes, classes), wanted[first + row], smoothing);
                    MatrixProduct.Multiply(new(scores, classes, 1), rows, _backward, [], gradients + (nint)first * inputs, inputs, accumulate: false);
                    sums.Add(scores, block, rows);
                }
            });
        }

        GC.KeepAlive(this);
        return _sums[.._parts].Sum(sums => sums.Loss) / _rows;
    }

    /// <summary>Adds the gradients of the last <see cref="Forward"/>, each times a scale.</summary>
    /// <param name="scale">The gradient of the mean loss.</param>
    /// <param name="vectorGradients">Added to, (rows, inputs).</param>
    /// <param name="weightGradients">Added to, (classes, inputs).</param>
    /// <param name="biasGradients">Added to, (classes).</param>
    public void Backward(float scale, Span<float> vectorGradients, Span<float> weightGradients, Span<float> biasGradients)
    {
        TensorPrimitives.MultiplyAdd(new ReadOnlySpan<float>(_vectorGradients.Start, _rows * inputs), scale, vectorGradients, vectorGradients);
        for (int part = 0; part < _parts; part++) TensorPrimitives.MultiplyAdd(_sums[part].Bias, scale, biasGradients, biasGradients);
        fixed (float* to = weightGradients[..(classes * inputs)])
        {
            float* results = to;
            Parts.Run(threads, classes, WeightsPerThread, (_, start, end) =>
            {
                var result = new Span<float>(results + (nint)start * inputs, (end - start) * inputs);
                for (int part = 0; part < _parts; part++) TensorPrimitives.MultiplyAdd(_sums[part].Weights.Slice(start * inputs, result.Length), scale, result, result);
            });
        }

        GC.KeepAlive(this);
    }

    private float* Score(int part, float* vectors, int rows, float* bias)
    {
        float* scores = _sums[part].Scores(rows);
        MatrixProduct.Multiply(new(vectors, inputs, 1), rows, _forward, new ReadOnlySpan<float>(bias, classes), scores, classes, accumulate: false);
        return scores;
    }

    /// <summary>Replaces a row's scores by the gradients of the mean loss; gives the row's loss.</summary>
    private double Differentiate(Span<float> scores, int wanted, double smoothing)
    {
        double given = scores[wanted], mean = smoothing > 0 ? TensorPrimitives.Sum<float>(scores) / (double)classes : 0;
        double logSum = LogSum(scores, out float sum);
        // The scores are exponentials now: over their sum, they are the probabilities.
        TensorPrimitives.Multiply(scores, 1 / (sum * _rows), scores);
        if (smoothing > 0) TensorPrimitives.Subtract(scores, (float)(smoothing / classes / _rows), scores);
        scores[wanted] -= (float)((1 - smoothing) / _rows);
        return logSum - (1 - smoothing) * given - smoothing * mean;
    }

    private static double LogSum(Span<float> scores) => LogSum(scores, out _);

    /// <summary>The logarithm of the sum of exponentials; the scores become exponentials, of which the largest is 1.</summary>
    private static double LogSum(Span<float> scores, out float sum)
    {
        float largest = TensorPrimitives.Max<float>(scores);
        TensorPrimitives.Subtract(scores, largest, scores);
        TensorPrimitives.Exp(scores, scores);
        sum = TensorPrimitives.Sum<float>(scores);
        return largest + Math.Log(sum);
    }
}
