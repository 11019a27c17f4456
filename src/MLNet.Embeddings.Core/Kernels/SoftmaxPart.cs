using System.Numerics;
using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What one thread of a <see cref="SoftmaxLoss"/> knows of each row, of classes of its own, and the memory that it works in.</summary>
/// <param name="inputs">Length of the vectors.</param>
internal sealed unsafe class SoftmaxPart(int inputs)
{
    private readonly AlignedFloats _vectorGradients = new();
    private float[] _largest = [], _blockLargest = [], _blockSums = [], _exponentials = [], _bestScores = [];
    private double[] _sums = [];
    private int[] _best = [];

    internal TransposedWorkspace Workspace { get; } = new(inputs);

    /// <summary>The score of the wanted class, if it is among the part's.</summary>
    internal float[] Given { get; private set; } = [];

    /// <summary>The sum of the scores.</summary>
    internal float[] Totals { get; private set; } = [];

    internal float* VectorGradientsStart => _vectorGradients.Start;

    /// <summary>The part's share of the gradients of the vectors: (rows, inputs).</summary>
    internal Span<float> VectorGradients(int rows) => _vectorGradients.Span(rows * inputs);

    /// <summary>Begins a block of rows.</summary>
    internal void Begin(int rows)
    {
        if (_largest.Length < rows)
        {
            (_largest, _blockLargest, _blockSums, _exponentials, _bestScores) = (
                new float[rows], new float[rows], new float[rows], new float[rows], new float[rows]);
            (_sums, _best, Given, Totals) = (new double[rows], new int[rows], new float[rows], new float[rows]);
        }
        _largest.AsSpan(0, rows).Fill(float.NegativeInfinity);
        _bestScores.AsSpan(0, rows).Fill(float.NegativeInfinity);
        Array.Clear(_sums);
        Array.Clear(_best);
        Array.Clear(Given);
        Array.Clear(Totals);
    }

    /// <summary>Takes the scores of some classes into the sums.</summary>
    /// <param name="scores">(classes, rows).</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="totals">Whether the sums of the scores themselves are wanted.</param>
    internal void Add(ReadOnlySpan<float> scores, int rows, bool totals)
    {
        Span<float> largest = _blockLargest.AsSpan(0, rows), sums = _blockSums.AsSpan(0, rows), exponentials = _exponentials.AsSpan(0, rows);
        _largest.AsSpan(0, rows).CopyTo(largest);
        for (int i = 0; i < scores.Length; i += rows)
        {
            TensorPrimitives.Max(largest, scores.Slice(i, rows), largest);
            if (totals) TensorPrimitives.Add(Totals.AsSpan(0, rows), scores.Slice(i, rows), Totals.AsSpan(0, rows));
        }
        sums.Clear();
        for (int i = 0; i < scores.Length; i += rows)
        {
            TensorPrimitives.Subtract(scores.Slice(i, rows), largest, exponentials);
            TensorPrimitives.Exp(exponentials, exponentials);
            TensorPrimitives.Add(sums, exponentials, sums);
        }
        // The sums so far were of exponentials over another largest score.
        for (int row = 0; row < rows; row++)
        {
            _sums[row] = (_sums[row] == 0 ? 0 : _sums[row] * Math.Exp((double)_largest[row] - largest[row])) + sums[row];
            _largest[row] = largest[row];
        }
    }

    /// <summary>Takes a class where its score is above all before.</summary>
    internal void Compare(ReadOnlySpan<float> scores, int index)
    {
        int row = 0;
        var number = new Vector<int>(index);
        for (; row <= scores.Length - Vector<float>.Count; row += Vector<float>.Count)
        {
            var (score, best) = (new Vector<float>(scores[row..]), new Vector<float>(_bestScores, row));
            var above = Vector.GreaterThan(score, best);
            Vector.ConditionalSelect(above, score, best).CopyTo(_bestScores, row);
            Vector.ConditionalSelect(above, number, new Vector<int>(_best, row)).CopyTo(_best, row);
        }
        for (; row < scores.Length; row++)
        {
            if (scores[row] > _bestScores[row]) (_bestScores[row], _best[row]) = (scores[row], index);
        }
    }

    /// <summary>The logarithm of the sum of the exponentials of a row's scores, over the first parts.</summary>
    internal static double LogSum(SoftmaxPart[] parts, int row, int count)
    {
        float largest = float.NegativeInfinity;
        for (int part = 0; part < count; part++) largest = MathF.Max(largest, parts[part]._largest[row]);
        double sum = 0;
        for (int part = 0; part < count; part++) sum += parts[part]._sums[row] * Math.Exp((double)parts[part]._largest[row] - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>The most probable class of a row, over the first parts.</summary>
    internal static int BestOf(SoftmaxPart[] parts, int row, int count)
    {
        int best = 0;
        for (int part = 1; part < count; part++)
        {
            if (parts[part]._bestScores[row] > parts[best]._bestScores[row]) best = part;
        }
        return parts[best]._best[row];
    }
}
