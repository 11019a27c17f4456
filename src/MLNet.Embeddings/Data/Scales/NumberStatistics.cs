namespace MLNet.Embeddings;

/// <summary>Collects over rows, a table after the other, what the scale of a number column goes by.</summary>
internal abstract class NumberStatistics
{
    /// <summary>Statistics for the columns that are numbers; null for others.</summary>
    /// <param name="column">The column.</param>
    /// <param name="labels">Labels of a row.</param>
    internal static NumberStatistics? For(ColumnData column, int labels) => column switch
    {
        NumberData { Encoder.Scaling: NumberScaling.Standard } numbers => new DeviationStatistics(numbers.Size),
        NumberData { Encoder: PiecewiseLinearEncoder { Binning: NumberBinning.Label } } numbers => new KnotStatistics(numbers.Size, numbers.Encoder, labels),
        NumberData numbers => new KnotStatistics(numbers.Size, numbers.Encoder, labels: 0),
        _ => null,
    };

    /// <summary>The scale of some rows of one table; null if the column does not hold numbers.</summary>
    /// <param name="column">The column.</param>
    /// <param name="labels">The labels of the table's rows.</param>
    /// <param name="rows">The rows.</param>
    internal static NumberScale? Measure(ColumnData column, IReadOnlyList<LabelValues> labels, ReadOnlySpan<int> rows)
    {
        var statistics = For(column, labels.Count);
        statistics?.Add((NumberData)column, labels, rows);
        return statistics?.ToScale();
    }

    /// <summary>Takes some rows into account.</summary>
    /// <param name="data">The numbers of a table.</param>
    /// <param name="rowLabels">The labels of the table's rows.</param>
    /// <param name="rows">The rows.</param>
    internal abstract void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows);

    /// <summary>The scale of the rows so far.</summary>
    internal abstract NumberScale ToScale();
}

/// <summary>Collects the mean, the deviation and the ends of each number of a column.</summary>
internal sealed class DeviationStatistics(int size) : NumberStatistics
{
    /// <summary>The least deviation, in steps from one number to the next.</summary>
    private const double LeastSteps = 8;

    private readonly double[] _mean = new double[size], _squares = new double[size], _least = new double[size], _most = new double[size];
    private readonly double[] _values = new double[size];
    private readonly long[] _count = new long[size];
    private long _rows;
    private double _resolution;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        _rows += rows.Length;
        _resolution = data.Resolution;
        foreach (int row in rows)
        {
            data.CopyRow(row, _values);
            for (int i = 0; i < size; i++)
            {
                double value = _values[i];
                if (double.IsNaN(value)) continue;
                _least[i] = _count[i] == 0 ? value : Math.Min(_least[i], value);
                _most[i] = _count[i] == 0 ? value : Math.Max(_most[i], value);
                _count[i]++;
                // Welford's update (Technometrics 4, 1962): exact also where the mean is large against the deviation.
                double delta = value - _mean[i];
                _mean[i] += delta / _count[i];
                _squares[i] += delta * (value - _mean[i]);
            }
        }
    }

    /// <summary>The scale of the rows so far. A number that never varies gets deviation 1, one that is always missing mean 0 as well.</summary>
    internal override StandardScale ToScale()
    {
        float[] deviation = new float[size];
        for (int i = 0; i < size; i++)
        {
            double measured = _count[i] == 0 ? 0 : Math.Sqrt(_squares[i] / _count[i]);
            // Numbers that differ by less cannot be told apart, so a smaller deviation would only magnify rounding.
            float usable = (float)Math.Max(measured, LeastSteps * _resolution * Math.Abs(_mean[i]));
            deviation[i] = measured > 0 && float.IsNormal(usable) ? usable : 1;
        }
        return new StandardScale(Rounded(_mean), deviation, new(Rounded(_least), Rounded(_most)), _count.Any(known => known < _rows));
    }

    private static double[] Rounded(double[] values) => Array.ConvertAll(values, FloatPairs.Round);
}

/// <summary>Collects a sample of the rows of a number column, for the quantiles or the bins of each number.</summary>
/// <param name="size">Numbers of a row.</param>
/// <param name="encoder">What the knots are for.</param>
/// <param name="labels">Labels of a row.</param>
internal sealed class KnotStatistics(int size, NumberEncoder encoder, int labels) : NumberStatistics
{
    private readonly RowSample _sample = new(size + labels);
    private readonly double[] _numbers = new double[size];
    private bool[] _areClasses = [];
    private bool _hasMissing;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        _areClasses = [.. rowLabels.Select(label => label.AreClasses)];
        foreach (int row in rows)
        {
            data.CopyRow(row, _numbers);
            _hasMissing |= _numbers.AsSpan().Contains(double.NaN);
            var place = _sample.Next();
            if (place.IsEmpty) continue;
            for (int i = 0; i < size; i++) place[i] = FloatPairs.Round(_numbers[i]);
            for (int i = 0; i < labels; i++) place[size + i] = rowLabels[i].Values[row];
        }
    }

    internal override KnotScale ToScale()
    {
        List<double> knots = [];
        List<float> heights = [];
        int[] counts = new int[size];
        double[] fill = new double[size];
        for (int i = 0; i < size; i++)
        {
            double[] numbers = _sample.ValuesAt(i);
            int[] known = [.. Enumerable.Range(0, numbers.Length).Where(row => !double.IsNaN(numbers[row])).OrderBy(row => numbers[row])];
            numbers = known.Length == 0 ? [0] : Pick(numbers, known);
            var values = new DistinctValues(numbers);
            fill[i] = values.Median;
            double[] found = Knots(numbers, values, known);
            counts[i] = found.Length;
            knots.AddRange(found);
            if (encoder.Scaling == NumberScaling.Normal) heights.AddRange(NormalKnots.Heights(values, found));
        }
        return new KnotScale(counts, [.. knots], encoder.Scaling == NumberScaling.Normal ? [.. heights] : null, fill, _hasMissing);
    }

    /// <param name="numbers">Rising numbers, at least one.</param>
    /// <param name="values">The different ones among them.</param>
    /// <param name="rows">The row of the sample that each is of.</param>
    private double[] Knots(double[] numbers, DistinctValues values, int[] rows) => encoder switch
    {
        _ when values.Count == 1 => [values[0]],
        PiecewiseLinearEncoder { Binning: NumberBinning.Label } bins =>
            LabelEdges.Of(numbers, _areClasses.Select((areClasses, i) => new LabelValues(LabelsAt(i, rows), areClasses)), bins.BinsFor(_sample.Count)),
        PiecewiseLinearEncoder bins => BinEdges.Of(values, bins.BinsFor(_sample.Count)),
        _ => NormalKnots.Of(values),
    };

    private float[] LabelsAt(int label, int[] rows) => Array.ConvertAll(Pick(_sample.ValuesAt(size + label), rows), value => (float)value);

    private static double[] Pick(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
