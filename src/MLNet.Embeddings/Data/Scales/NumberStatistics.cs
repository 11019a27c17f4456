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

/// <summary>Collects the mean and the deviation of each number of a column.</summary>
internal sealed class DeviationStatistics(int size) : NumberStatistics
{
    private readonly double[] _mean = new double[size], _squares = new double[size];
    private readonly long[] _count = new long[size];
    private long _rows;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        _rows += rows.Length;
        foreach (int row in rows)
        {
            var values = data.ValuesOf(row);
            for (int i = 0; i < values.Length; i++)
            {
                if (float.IsNaN(values[i])) continue;
                _count[i]++;
                // Welford's update (Technometrics 4, 1962): exact also where the mean is large against the deviation.
                double delta = values[i] - _mean[i];
                _mean[i] += delta / _count[i];
                _squares[i] += delta * (values[i] - _mean[i]);
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
            // A float cannot tell numbers apart that differ by less than some 1e-7 of them, so a smaller deviation would only magnify rounding.
            float deviationOfFloats = (float)Math.Max(measured, 1e-6 * Math.Abs(_mean[i]));
            deviation[i] = measured > 0 && float.IsNormal(deviationOfFloats) ? deviationOfFloats : 1;
        }
        return new StandardScale(Array.ConvertAll(_mean, value => (float)value), deviation, _count.Any(known => known < _rows));
    }
}

/// <summary>Collects a sample of the rows of a number column, for the quantiles or the bins of each number.</summary>
/// <param name="size">Numbers of a row.</param>
/// <param name="encoder">What the knots are for.</param>
/// <param name="labels">Labels of a row.</param>
internal sealed class KnotStatistics(int size, NumberEncoder encoder, int labels) : NumberStatistics
{
    private readonly RowSample _sample = new(size + labels);
    private bool[] _areClasses = [];
    private bool _hasMissing;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        _areClasses = [.. rowLabels.Select(label => label.AreClasses)];
        foreach (int row in rows)
        {
            var numbers = data.ValuesOf(row);
            _hasMissing |= numbers.Contains(float.NaN);
            var place = _sample.Next();
            if (place.IsEmpty) continue;
            numbers.CopyTo(place);
            for (int i = 0; i < labels; i++) place[size + i] = rowLabels[i].Values[row];
        }
    }

    internal override KnotScale ToScale()
    {
        List<float> knots = [], heights = [];
        int[] counts = new int[size];
        float[] fill = new float[size];
        for (int i = 0; i < size; i++)
        {
            float[] numbers = _sample.ValuesAt(i);
            int[] known = [.. Enumerable.Range(0, numbers.Length).Where(row => !float.IsNaN(numbers[row])).OrderBy(row => numbers[row])];
            numbers = known.Length == 0 ? [0] : Pick(numbers, known);
            var values = new DistinctValues(numbers);
            fill[i] = values.Median;
            float[] found = Knots(numbers, values, known);
            counts[i] = found.Length;
            knots.AddRange(found);
            if (encoder.Scaling == NumberScaling.Normal) heights.AddRange(NormalKnots.Heights(values, found));
        }
        return new KnotScale(counts, [.. knots], encoder.Scaling == NumberScaling.Normal ? [.. heights] : null, fill, _hasMissing);
    }

    /// <param name="numbers">Rising numbers, at least one.</param>
    /// <param name="values">The different ones among them.</param>
    /// <param name="rows">The row of the sample that each is of.</param>
    private float[] Knots(float[] numbers, DistinctValues values, int[] rows) => encoder switch
    {
        PiecewiseLinearEncoder { Binning: NumberBinning.Label } bins =>
            LabelEdges.Of(
                numbers, _areClasses.Select((areClasses, i) => new LabelValues(Pick(_sample.ValuesAt(size + i), rows), areClasses)),
                bins.BinsFor(_sample.Count)),
        PiecewiseLinearEncoder bins => BinEdges.Of(values, bins.BinsFor(_sample.Count)),
        _ => NormalKnots.Of(values),
    };

    private static float[] Pick(float[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
