namespace MLNet.Embeddings;

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
            LabelEdges.Of(numbers, _areClasses.Select((areClasses, i) => new LabelValues(Pick(_sample.ValuesAt(size + i), rows), areClasses)), bins.BinsFor(_sample.Count)),
        PiecewiseLinearEncoder bins => BinEdges.Of(values, bins.BinsFor(_sample.Count)),
        _ => NormalKnots.Of(values),
    };

    private static float[] Pick(float[] values, int[] rows) => Array.ConvertAll(rows, row => values[row]);
}
