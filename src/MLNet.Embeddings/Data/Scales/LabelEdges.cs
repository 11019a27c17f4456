namespace MLNet.Embeddings;

/// <summary>Edges of bins between which labels differ most: the splits of a decision tree on one number.</summary>
/// <remarks>
/// CART (Breiman et al. 1984), grown where it gains most, for arXiv 2203.05556, section 3.2.2. Numbers are split by variance, classes by Gini impurity, which
/// is the variance of their indicators; of several labels the gains are added up.
/// </remarks>
internal sealed class LabelEdges
{
    /// <summary>Rows that a bin holds at least, and the share of all rows that makes fewer of them where there are few.</summary>
    private const int LeastRows = 64, PartsOfRows = 200;

    /// <summary>Share of a label's variation that a split has to explain; less is chance.</summary>
    private const double LeastGain = 1e-5;

    private readonly double[] _numbers;
    private readonly LabelSums[] _sums;
    private readonly int _leastRows;

    private LabelEdges(double[] numbers, LabelSums[] sums) =>
        (_numbers, _sums, _leastRows) = (numbers, sums, Math.Clamp(numbers.Length / PartsOfRows, 1, LeastRows));

    /// <param name="numbers">The numbers in rising order, at least one, none of them NaN.</param>
    /// <param name="labels">The labels of the same rows in the same order.</param>
    /// <param name="most">The most bins.</param>
    /// <returns>Rising edges: the least and the largest number and the splits between them; one edge where all numbers are equal.</returns>
    internal static double[] Of(double[] numbers, IEnumerable<LabelValues> labels, int most)
    {
        var tree = new LabelEdges(numbers, [.. labels.Select(label => new LabelSums(label))]);
        return [.. tree.Splits(most).Append(numbers[0]).Append(numbers[^1]).Distinct().Order()];
    }

    private IEnumerable<double> Splits(int most)
    {
        var leaves = new PriorityQueue<(int Start, int Place, int End), double>();
        Consider(0, _numbers.Length);
        for (int bins = 1; bins < most && leaves.TryDequeue(out var leaf, out _); bins++)
        {
            yield return FloatPairs.Round(_numbers[leaf.Place - 1] / 2 + _numbers[leaf.Place] / 2);
            Consider(leaf.Start, leaf.Place);
            Consider(leaf.Place, leaf.End);
        }

        void Consider(int start, int end)
        {
            var (place, gain) = Best(start, end);
            if (gain > LeastGain) leaves.Enqueue((start, place, end), -gain);
        }
    }

    /// <summary>Where to split some rows, and what is gained by it.</summary>
    private (int Place, double Gain) Best(int start, int end)
    {
        (int Place, double Gain) best = (0, 0);
        foreach (var sums in _sums) sums.Begin(start, end);
        for (int place = start + 1; place <= end - _leastRows; place++)
        {
            foreach (var sums in _sums) sums.Move(place - 1);
            if (place - start < _leastRows || _numbers[place] == _numbers[place - 1]) continue;
            double gain = _sums.Sum(sums => sums.Gain);
            if (gain > best.Gain) best = (place, gain);
        }
        return best;
    }
}

/// <summary>Sums of a label over some rows, left and right of a split that moves through them.</summary>
/// <remarks>A label is a vector per row: one number, or an indicator for each class. The squares of its sums say how far it varies within the parts.</remarks>
internal sealed class LabelSums
{
    private readonly int[] _slots;
    private readonly float[] _values;
    private readonly double[] _left, _right;
    private readonly double _scale = 1;
    private double _leftSquares, _rightSquares, _squares;
    private int _leftCount, _rightCount;

    /// <param name="label">The label of the rows.</param>
    internal LabelSums(LabelValues label)
    {
        var known = label.Values.Where(value => !float.IsNaN(value)).ToArray();
        _slots = Array.ConvertAll(label.Values, value => float.IsNaN(value) ? -1 : label.AreClasses ? (int)value : 0);
        double mean = label.AreClasses || known.Length == 0 ? 0 : known.Average(value => (double)value);
        _values = Array.ConvertAll(label.Values, value => label.AreClasses ? 1 : (float)(value - mean));
        _left = new double[_slots.DefaultIfEmpty().Max() + 1];
        _right = new double[_left.Length];
        // What all rows together vary is 1, so that labels of any unit count alike.
        Begin(0, _slots.Length);
        double variation = known.Sum(value => label.AreClasses ? 1 : (value - mean) * (value - mean)) - (_rightCount == 0 ? 0 : _squares / _rightCount);
        _scale = variation > 0 ? 1 / variation : 0;
    }

    /// <summary>How much less the label varies within the two parts than in both together, as a share of its variation over all rows.</summary>
    internal double Gain => _leftCount == 0 || _rightCount == 0
        ? 0
        : _scale * (_leftSquares / _leftCount + _rightSquares / _rightCount - _squares / (_leftCount + _rightCount));

    /// <summary>Puts some rows on the right and none on the left.</summary>
    internal void Begin(int start, int end)
    {
        Array.Clear(_left);
        Array.Clear(_right);
        (_leftSquares, _rightSquares, _leftCount, _rightCount) = (0, 0, 0, 0);
        for (int row = start; row < end; row++)
        {
            if (_slots[row] < 0) continue;
            Add(_right, ref _rightSquares, _slots[row], _values[row]);
            _rightCount++;
        }
        _squares = _rightSquares;
    }

    /// <summary>Moves a row from the right to the left.</summary>
    internal void Move(int row)
    {
        if (_slots[row] < 0) return;
        Add(_left, ref _leftSquares, _slots[row], _values[row]);
        Add(_right, ref _rightSquares, _slots[row], -_values[row]);
        _leftCount++;
        _rightCount--;
    }

    private static void Add(double[] sums, ref double squares, int slot, double value)
    {
        squares += value * (2 * sums[slot] + value);
        sums[slot] += value;
    }
}
