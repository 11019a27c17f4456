using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>A number column of Size numbers, each a vector by the encoder; with MissingIndicator, as many 0/1 indicators stand behind the vectors.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Size">Numbers of a row.</param>
/// <param name="MissingIndicator">Whether the indicators are there.</param>
/// <param name="Encoder">How a number becomes a vector.</param>
/// <param name="KnotCounts">Knots of the scale of each number; none for a scale without knots.</param>
[method: JsonConstructor]
internal sealed record NumberShape(string Name, int Size, bool MissingIndicator, NumberEncoder Encoder, IReadOnlyList<int> KnotCounts) : ColumnShape(Name)
{
    /// <summary>More numbers than this in one column are a damaged file.</summary>
    private const int LargestSize = 1 << 24;

    /// <summary>A column of numbers that are standardised.</summary>
    internal NumberShape(string Name, int Size, bool MissingIndicator) : this(Name, Size, MissingIndicator, NumberEncoder.Standard(), []) { }

    /// <summary>Whether the scale was measured in double precision, and its ends with it; earlier files hold it in single, without ends.</summary>
    public bool IsDouble { get; init; }

    internal override int OutputSize => Size * (Encoder.OutputSize + (MissingIndicator ? 1 : 0));

    /// <summary>Bins of each number: one less than it has knots.</summary>
    [JsonIgnore]
    internal int[] BinCounts => [.. KnotCounts.Select(count => count - 1)];

    internal string Mean => WeightName(StandardScale.MeanPart);
    internal string Deviation => WeightName(StandardScale.DeviationPart);
    internal string Least => WeightName(StandardScale.LeastPart);
    internal string Most => WeightName(StandardScale.MostPart);
    internal string Knots => WeightName(KnotScale.KnotsPart);
    internal string Fill => WeightName(KnotScale.FillPart);
    internal string Heights => WeightName(KnotScale.HeightsPart);
    internal string Frequencies => WeightName("frequencies");
    internal string LinearWeights => WeightName("linear.weight");
    internal string LinearBias => WeightName("linear.bias");
    internal string BinWeights => WeightName("bins.weight");

    internal override IEnumerable<(string Name, int[] Extents)> Weights() => [.. ScaleArrays(), .. EncoderArrays()];

    /// <summary>The scale of a trained network.</summary>
    internal NumberScale Scale(TrainedArrays network)
    {
        double[] Doubles(string name) => network.Doubles(name, IsDouble);
        if (Encoder.Scaling == NumberScaling.Standard)
        {
            return new StandardScale(
                Doubles(Mean), network.Weights[Deviation].Values, IsDouble ? new(Doubles(Least), Doubles(Most)) : null, MissingIndicator);
        }
        float[]? heights = Encoder.Scaling == NumberScaling.Normal ? network.Weights[Heights].Values : null;
        return new KnotScale([.. KnotCounts], Doubles(Knots), heights, Doubles(Fill), MissingIndicator);
    }

    internal override IEnumerable<string> Faults()
    {
        foreach (string fault in base.Faults().Concat(OutOfRange("size", Size, LargestSize)).Concat(Encoder.Faults(Name))) yield return fault;
        if ((long)Size * (Encoder.OutputSize + 1) > Array.MaxLength)
            yield return $"The vectors of column '{Name}' would have {(long)Size * Encoder.OutputSize} values; that is too many.";
        int expected = Encoder.Scaling == NumberScaling.Standard ? 0 : Size;
        if (KnotCounts.Count != expected)
            yield return $"The scale of column '{Name}' must have knots for {expected} numbers; the file says {KnotCounts.Count}.";
        foreach (string fault in KnotCounts.SelectMany(count => OutOfRange("number of knots", count, PiecewiseLinearEncoder.MostBins + 1))) yield return fault;
        if (KnotCounts.Sum(count => (long)count) > Array.MaxLength) yield return $"The scale of column '{Name}' has more knots than an array can hold.";
    }

    /// <summary>What is wrong with the numbers of the scale's arrays; null when nothing is.</summary>
    internal override string? Mismatch(TrainedArrays network)
    {
        if (Encoder.Scaling == NumberScaling.Standard)
            return network[Deviation].ContainsAnyInRange(float.MinValue, 0) ? $"The array '{Deviation}' holds numbers that are not above 0." : null;
        if (!KnotScale.Rises<double>(KnotCounts, network.Doubles(Knots, IsDouble), strictly: true))
            return $"The array '{Knots}' holds knots that do not strictly increase.";
        if (Encoder.Scaling == NumberScaling.Normal && !KnotScale.Rises(KnotCounts, network[Heights], strictly: false))
            return $"The array '{Heights}' holds heights that fall.";
        return null;
    }

    private IEnumerable<(string, int[])> ScaleArrays()
    {
        if (Encoder.Scaling == NumberScaling.Standard)
        {
            string[] names = IsDouble ? [Mean, Least, Most] : [Mean];
            return [.. names.SelectMany(name => Doubles(name, Size)), (Deviation, [Size])];
        }
        int knots = KnotCounts.Sum();
        return
        [
            .. Doubles(Knots, knots), .. Encoder.Scaling == NumberScaling.Normal ? [(Heights, [knots])] : Array.Empty<(string, int[])>(),
            .. Doubles(Fill, Size),
        ];
    }

    private IEnumerable<(string, int[])> Doubles(string name, int count) => FloatPairs.Names(name, IsDouble).Select(part => (part, (int[])[count]));

    private IEnumerable<(string, int[])> EncoderArrays() => Encoder switch
    {
        PiecewiseLinearEncoder { Dimensions: var d } => [(BinWeights, [BinCounts.Sum(), d]), (LinearWeights, [Size, d]), (LinearBias, [Size, d])],
        PeriodicEncoder { Dimensions: var d, Frequencies: var f } => [(Frequencies, [Size, f]), (LinearWeights, [Size, d, 2 * f]), (LinearBias, [Size, d])],
        _ => [],
    };
}
