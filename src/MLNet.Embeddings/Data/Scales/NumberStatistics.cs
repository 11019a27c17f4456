namespace MLNet.Embeddings;

/// <summary>Collects over rows, a table after the other, what the scale of a number column goes by.</summary>
internal abstract class NumberStatistics : IMergeable
{
    /// <summary>Statistics for the columns that are numbers; null for others.</summary>
    /// <param name="column">The column.</param>
    /// <param name="areClasses">For each label of a row whether its values are the numbers of classes.</param>
    /// <param name="part">Number of the part of the rows that is measured, where there are several.</param>
    internal static NumberStatistics? For(ColumnData column, IReadOnlyList<bool> areClasses, int part = 0) => column switch
    {
        NumberData { Encoder.Scaling: NumberScaling.Standard } numbers => new DeviationStatistics(numbers.Size),
        NumberData { Encoder: PiecewiseLinearEncoder { Binning: NumberBinning.Label } } numbers =>
            new KnotStatistics(numbers.Size, numbers.Encoder, areClasses, part),
        NumberData numbers => new KnotStatistics(numbers.Size, numbers.Encoder, [], part),
        _ => null,
    };

    /// <summary>The scale of some rows of one table; null if the column does not hold numbers.</summary>
    /// <param name="column">The column.</param>
    /// <param name="labels">The labels of the table's rows.</param>
    /// <param name="rows">The rows.</param>
    internal static NumberScale? Measure(ColumnData column, IReadOnlyList<LabelValues> labels, ReadOnlySpan<int> rows)
    {
        var statistics = For(column, [.. labels.Select(label => label.AreClasses)]);
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

    public abstract void Write(BinaryWriter writer);

    public abstract void Merge(BinaryReader reader);
}

/// <summary>Collects the mean, the deviation and the ends of each number of a column, exactly: of parts of the rows in any order the same bits.</summary>
internal sealed class DeviationStatistics(int size) : NumberStatistics
{
    /// <summary>The least deviation, in steps from one number to the next.</summary>
    private const double LeastSteps = 8;

    private readonly NumberMoments[] _numbers = [.. Enumerable.Range(0, size).Select(_ => new NumberMoments())];
    private readonly double[] _values = new double[size];
    private long _rows;

    /// <summary>That of the column where it is finest: a column of floats and doubles is one of doubles.</summary>
    private double _resolution = 1;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        _rows += rows.Length;
        _resolution = Math.Min(_resolution, data.Resolution);
        foreach (int row in rows)
        {
            data.CopyRow(row, _values);
            for (int i = 0; i < _values.Length; i++)
            {
                if (!double.IsNaN(_values[i])) _numbers[i].Add(_values[i]);
            }
        }
    }

    /// <summary>The scale of the rows so far. A number that never varies gets deviation 1, one that is always missing mean 0 as well.</summary>
    internal override StandardScale ToScale()
    {
        double[] mean = Array.ConvertAll(_numbers, number => number.Mean);
        float[] deviation = new float[size];
        for (int i = 0; i < size; i++)
        {
            double measured = _numbers[i].Deviation;
            // Numbers that differ by less cannot be told apart, so a smaller deviation would only magnify rounding.
            float usable = (float)Math.Max(measured, LeastSteps * _resolution * Math.Abs(mean[i]));
            deviation[i] = measured > 0 && float.IsNormal(usable) ? usable : 1;
        }
        double[] least = Array.ConvertAll(_numbers, number => number.Least), most = Array.ConvertAll(_numbers, number => number.Most);
        return new StandardScale(Rounded(mean), deviation, new(Rounded(least), Rounded(most)), _numbers.Any(number => number.Count < _rows));
    }

    public override void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(DeviationStatistics));
        writer.Write7BitEncodedInt(size);
        writer.Write7BitEncodedInt64(_rows);
        writer.Write(_resolution);
        foreach (var number in _numbers) number.Write(writer);
    }

    public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(DeviationStatistics), () =>
    {
        Merging.Require(reader, size, "numbers of a row");
        _rows += Merging.ReadCount(reader);
        _resolution = Math.Min(_resolution, reader.ReadDouble());
        foreach (var number in _numbers) number.Merge(reader);
    });

    private static double[] Rounded(double[] values) => Array.ConvertAll(values, FloatPairs.Round);
}

/// <summary>Collects a sample of the rows of a number column, for the quantiles or the bins of each number.</summary>
/// <param name="size">Numbers of a row.</param>
/// <param name="encoder">What the knots are for.</param>
/// <param name="areClasses">For each label that is looked at whether its values are the numbers of classes.</param>
/// <param name="part">Number of the part of the rows.</param>
internal sealed class KnotStatistics(int size, NumberEncoder encoder, IReadOnlyList<bool> areClasses, int part) : NumberStatistics
{
    private readonly RowSample _sample = new(size + areClasses.Count, part: part);
    private readonly double[] _numbers = new double[size];
    private bool _hasMissing;

    internal override void Add(NumberData data, IReadOnlyList<LabelValues> rowLabels, ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
        {
            data.CopyRow(row, _numbers);
            _hasMissing |= _numbers.AsSpan().Contains(double.NaN);
            var place = _sample.Next();
            if (place.IsEmpty) continue;
            for (int i = 0; i < size; i++) place[i] = FloatPairs.Round(_numbers[i]);
            for (int i = 0; i < areClasses.Count; i++) place[size + i] = rowLabels[i].Values[row];
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

    public override void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(KnotStatistics));
        writer.Write(_hasMissing);
        _sample.Write(writer);
    }

    public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(KnotStatistics), () =>
    {
        _hasMissing |= reader.ReadBoolean();
        _sample.Merge(reader);
    });

    /// <param name="numbers">Rising numbers, at least one.</param>
    /// <param name="values">The different ones among them.</param>
    /// <param name="rows">The row of the sample that each is of.</param>
    private double[] Knots(double[] numbers, DistinctValues values, int[] rows) => encoder switch
    {
        _ when values.Count == 1 => [values[0]],
        PiecewiseLinearEncoder { Binning: NumberBinning.Label } bins =>
            LabelEdges.Of(numbers, areClasses.Select((isClass, i) => new LabelValues(LabelsAt(i, rows), isClass)), bins.BinsFor(_sample.Count)),
        PiecewiseLinearEncoder bins => BinEdges.Of(values, bins.BinsFor(_sample.Count)),
        _ => NormalKnots.Of(values),
    };

    private float[] LabelsAt(int label, int[] rows) => Array.ConvertAll(Pick(_sample.ValuesAt(size + label), rows), value => (float)value);

    private static double[] Pick(double[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
