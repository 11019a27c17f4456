namespace MLNet.Embeddings;

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
