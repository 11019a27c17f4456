using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The cross-entropy of a softmax over the outputs of a dense layer with many classes, with all gradients.</summary>
/// <remarks>
/// Each thread treats classes of its own, a few at a time, so that their scores stay in the cache: the first pass finds for each row the sum of its
/// exponentials, the second the gradients. The weights are read where they lie, and the gradients of a class's weights are complete when its block is. Scores
/// are (classes, rows), so that sums over the classes are sums of neighbouring vectors. The same input and number of threads give the same bits.
/// </remarks>
/// <param name="inputs">Length of the vectors.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed unsafe class SoftmaxLoss(int inputs, int classes, int threads)
{
    /// <summary>The most rows whose scores are in memory together, classes of a block, and classes that are worth a thread.</summary>
    private const int MostRows = 512, BlockClasses = 96, ClassesPerThread = 192;

    private readonly PackedMatrix _vectorsForward = new(0, 0), _vectorsBackward = new(0, 0);
    private readonly AlignedFloats _scores = new();
    private readonly SoftmaxPart[] _parts = [.. Enumerable.Range(0, threads).Select(_ => new SoftmaxPart(inputs))];
    private readonly float[] _logSums = new float[MostRows];
    private int _rows, _stride, _firstClass;
    private float* _weights, _bias, _weightGradients, _biasGradients;
    private int* _wanted;
    private float _scale, _smoothing;

    /// <summary>Computes the mean loss of all rows and adds all gradients.</summary>
    /// <param name="vectors">(rows, inputs).</param>
    /// <param name="weights">W, (classes, inputs).</param>
    /// <param name="bias">b, (classes).</param>
    /// <param name="wanted">The class that is wanted of each row.</param>
    /// <param name="smoothing">Share of the wanted probability that is spread over all classes.</param>
    /// <param name="vectorGradients">Added to, (rows, inputs).</param>
    /// <param name="weightGradients">Added to, (classes, inputs).</param>
    /// <param name="biasGradients">Added to, (classes).</param>
    public double Learn(
        ReadOnlySpan<float> vectors, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<int> wanted, double smoothing,
        Span<float> vectorGradients, Span<float> weightGradients, Span<float> biasGradients)
    {
        double loss = 0;
        (_scale, _smoothing) = (1f / wanted.Length, (float)smoothing);
        fixed (float* w = weights[..(classes * inputs)], b = bias[..classes], toWeights = weightGradients[..(classes * inputs)],
            toBias = biasGradients[..classes])
        fixed (int* c = wanted)
        {
            _weights = w;
            _bias = b;
            _weightGradients = toWeights;
            _biasGradients = toBias;
            for (int first = 0; first < wanted.Length; first += _rows)
            {
                int parts = Score(vectors, wanted.Length, first, c);
                for (int row = 0; row < _rows; row++) loss += LossOf(row, parts, smoothing);
                Parts.Run(threads, classes, ClassesPerThread, Differentiate);
                var gradients = vectorGradients.Slice(first * inputs, _rows * inputs);
                for (int part = 0; part < parts; part++) TensorPrimitives.Add(gradients, _parts[part].VectorGradients(_rows), gradients);
            }
        }
        return loss / wanted.Length;
    }

    /// <summary>Computes what each row costs, without smoothing, and which class is the most probable.</summary>
    /// <param name="vectors">(rows, inputs).</param>
    /// <param name="weights">W, (classes, inputs).</param>
    /// <param name="bias">b, (classes).</param>
    /// <param name="wanted">The class that is wanted of each row.</param>
    /// <param name="firstClass">The first class that may be the most probable.</param>
    /// <param name="losses">Receives minus the logarithm of the wanted class's probability, a row each.</param>
    /// <param name="best">Receives the most probable class, the first of several, a row each.</param>
    public void Judge(
        ReadOnlySpan<float> vectors, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, ReadOnlySpan<int> wanted, int firstClass,
        Span<double> losses, Span<int> best)
    {
        (_smoothing, _firstClass) = (0, firstClass);
        fixed (float* w = weights[..(classes * inputs)], b = bias[..classes])
        fixed (int* c = wanted)
        {
            _weights = w;
            _bias = b;
            for (int first = 0; first < wanted.Length; first += _rows)
            {
                int parts = Score(vectors, wanted.Length, first, c);
                Parts.Run(threads, classes, ClassesPerThread, FindBest);
                for (int row = 0; row < _rows; row++)
                {
                    losses[first + row] = LossOf(row, parts, smoothing: 0);
                    best[first + row] = SoftmaxPart.BestOf(_parts, row, parts);
                }
            }
        }
    }

    /// <summary>The first pass over a block of rows: scores, and the logarithms of the sums of their exponentials. Gives the number of parts.</summary>
    private int Score(ReadOnlySpan<float> vectors, int count, int first, int* wanted)
    {
        // Blocks of about equal size.
        int blocks = (count + MostRows - 1) / MostRows;
        _rows = Math.Min(count - first, (count + blocks - 1) / blocks);
        _stride = _rows;
        _wanted = wanted + first;
        var block = vectors.Slice(first * inputs, _rows * inputs);
        _vectorsForward.Resize(_rows, inputs);
        _vectorsForward.Pack(block);
        _vectorsBackward.Resize(inputs, _rows);
        _vectorsBackward.PackTransposed(block);
        _scores.Require(checked(classes * _stride));
        int parts = Parts.Run(threads, classes, ClassesPerThread, Score);
        for (int row = 0; row < _rows; row++) _logSums[row] = (float)SoftmaxPart.LogSum(_parts, row, parts);
        GC.KeepAlive(this);
        return parts;
    }

    private void Score(int part, int start, int end)
    {
        var sums = _parts[part];
        sums.Begin(_rows);
        for (int first = start; first < end; first += BlockClasses)
        {
            int count = Math.Min(BlockClasses, end - first);
            MatrixProduct.Multiply(new(_weights + (nint)first * inputs, inputs, 1), count, _vectorsForward, [], ScoresOf(first), _stride, accumulate: false);
            for (int i = first; i < first + count; i++)
            {
                var scores = Row(i);
                TensorPrimitives.Add(scores, _bias[i], scores);
            }
            sums.Add(new(ScoresOf(first), count * _stride), _stride, _smoothing > 0);
            for (int row = 0; row < _rows; row++)
            {
                if ((uint)(_wanted[row] - first) < (uint)count) sums.Given[row] = Row(_wanted[row])[row];
            }
        }
    }

    /// <summary>The second pass: the scores become their gradients, block by block, and give those of weights, bias and vectors.</summary>
    private void Differentiate(int part, int start, int end)
    {
        var sums = _parts[part];
        sums.VectorGradients(_rows).Clear();
        float share = _smoothing / classes * _scale;
        for (int first = start; first < end; first += BlockClasses)
        {
            int count = Math.Min(BlockClasses, end - first);
            float* gradients = ScoresOf(first);
            for (int i = first; i < first + count; i++)
            {
                var row = Row(i);
                TensorPrimitives.Subtract(row, _logSums.AsSpan(0, _rows), row);
                TensorPrimitives.Exp(row, row);
                TensorPrimitives.Multiply(row, _scale, row);
                if (share > 0) TensorPrimitives.Subtract(row, share, row);
            }
            for (int row = 0; row < _rows; row++)
            {
                if ((uint)(_wanted[row] - first) < (uint)count) Row(_wanted[row])[row] -= (1 - _smoothing) * _scale;
            }
            for (int i = first; i < first + count; i++) _biasGradients[i] += TensorPrimitives.Sum<float>(Row(i));
            MatrixProduct.Multiply(
                new(gradients, _stride, 1), count, _vectorsBackward, [], _weightGradients + (nint)first * inputs, inputs, accumulate: true);
            MatrixProduct.MultiplyTransposed(
                gradients, _stride, _rows, _weights + (nint)first * inputs, inputs, count, sums.VectorGradientsStart, sums.Workspace, accumulate: true);
        }
    }

    private void FindBest(int part, int start, int end)
    {
        var sums = _parts[part];
        for (int i = Math.Max(start, _firstClass); i < end; i++) sums.Compare(Row(i), i);
    }

    private double LossOf(int row, int parts, double smoothing)
    {
        double given = 0, total = 0;
        for (int part = 0; part < parts; part++)
        {
            given += _parts[part].Given[row];
            total += _parts[part].Totals[row];
        }
        return _logSums[row] - (1 - smoothing) * given - smoothing * total / classes;
    }

    private float* ScoresOf(int first) => _scores.Start + (nint)first * _stride;

    /// <summary>The scores of a class: (rows).</summary>
    private Span<float> Row(int index) => new(ScoresOf(index), _rows);
}
