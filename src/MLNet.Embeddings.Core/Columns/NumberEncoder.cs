using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>How a number becomes a vector.</summary>
/// <remarks>
/// <para>
/// Made by <see cref="Standard"/>, <see cref="Quantile"/>, <see cref="PiecewiseLinear"/> and <see cref="Periodic"/>; the set of kinds is closed. What an
/// encoder knows of the numbers it measures on the training rows before the first epoch; of columns of more than 100,000 rows the quantiles and bins are
/// those of a random sample of so many. In a column of vectors each number has measures and weights of its own.
/// </para>
/// <para>
/// A missing number (NaN) counts as the mean (<see cref="Standard"/>) or the median (the others); where the training data had any, 0/1 indicators stand behind
/// the vectors of all numbers of the column. A number that never varies is legal and says nothing.
/// </para>
/// <para>
/// Numbers of any type are read in double precision and become single after they are brought to their scale, so that small differences of large numbers are
/// not lost. In data to train or validate on an infinite number, or one beyond the range of Single, is an error; at scoring it counts as the least or the
/// largest number of the training rows.
/// </para>
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StandardEncoder), "standard")]
[JsonDerivedType(typeof(QuantileEncoder), "quantile")]
[JsonDerivedType(typeof(PiecewiseLinearEncoder), "piecewiseLinear")]
[JsonDerivedType(typeof(PeriodicEncoder), "periodic")]
public abstract record NumberEncoder
{
    private protected NumberEncoder() { }

    /// <summary>The number itself, standardised to mean 0 and deviation 1.</summary>
    public static NumberEncoder Standard() => new StandardEncoder();

    /// <summary>The number by its rank, on the scale of a normal distribution: outliers come near, crowded ranges are spread.</summary>
    /// <remarks>
    /// Effectively computes Φ⁻¹ of the share of training rows below the number (those equal to it count half), linear between up to 1,000 quantiles, one for
    /// each 30 rows but at least 10. Numbers outside the range of training count as its ends. As scikit-learn's
    /// <c>QuantileTransformer(output_distribution="normal")</c> in the protocol of TabM (arXiv 2410.24210), but that ties have their middle rank
    /// where that protocol adds noise to tell them apart.
    /// </remarks>
    public static NumberEncoder Quantile() => new QuantileEncoder();

    /// <summary>
    /// Bins that fill up one after the other, then a learned linear map: the network learns a function of the number that bends at each edge.
    /// </summary>
    /// <param name="bins">
    /// The most bins of a number, from 1 to 1,024. Default null: one for every 20 training rows, from 2 to 128, so that a network finds sharp limits, such
    /// as those of laboratory values. A number with fewer different values has a bin between each two of them.
    /// </param>
    /// <param name="dimensions">Length of a number's vector, from 1 to 4,096; default 12, as in that package.</param>
    /// <param name="binning">
    /// Where the edges of the bins lie: <see cref="NumberBinning.Quantiles"/> by default, or where a decision tree on this number alone splits the label, which
    /// makes fewer bins of a number that says little (section 3.2.2 of the paper). Such a bin holds 64 rows at least, or a two-hundredth of them where that is
    /// less.
    /// </param>
    /// <remarks>
    /// Piecewise-linear embedding (Gorishniy et al. 2022, On Embeddings for Numerical Features in Tabular Deep Learning, arXiv 2203.05556, section 3.2) in
    /// TabM's form (version B of rtdl_num_embeddings): no activation, and a linear part beside the bins, whose weights begin at zero. Edges lie where
    /// each bin holds as many training rows; a value that more rows have than a bin should hold is an edge by itself. The linear part does not decay.
    /// Outside the range of training a number counts as the range's end.
    /// </remarks>
    public static NumberEncoder PiecewiseLinear(int? bins = null, int dimensions = 12, NumberBinning binning = NumberBinning.Quantiles) =>
        new PiecewiseLinearEncoder(bins, dimensions, binning);

    /// <summary>Cosines and sines of learned frequencies of the number on its <see cref="Quantile"/> scale, then a dense layer with relu.</summary>
    /// <param name="dimensions">Length of a number's vector, from 1 to 4,096; default 24, as in the package rtdl_num_embeddings.</param>
    /// <param name="frequencies">Frequencies of a number, from 1 to 4,096; default 48, as in that package.</param>
    /// <param name="deviation">
    /// Deviation of the initial frequencies, which are drawn from a normal distribution cut off at three deviations; above 0. Default 0.1, the median of TabM's
    /// tuned settings is 0.11. Larger ones fit more quickly changing functions, and noise.
    /// </param>
    /// <remarks>
    /// Effectively computes relu(W [cos 2πcx, sin 2πcx] + b) with learned c, W and b (arXiv 2203.05556, section 3.3, "PLR"). The frequencies do not decay.
    /// </remarks>
    public static NumberEncoder Periodic(int dimensions = 24, int frequencies = 48, double deviation = 0.1) =>
        new PeriodicEncoder(dimensions, frequencies, deviation);

    /// <summary>The scale that numbers are brought to before anything is learned.</summary>
    [JsonIgnore]
    internal abstract NumberScaling Scaling { get; }

    /// <summary>Length of the vector of one number.</summary>
    [JsonIgnore]
    internal virtual int OutputSize => 1;

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults(string column) => [];

    private protected static IEnumerable<string> OutOfRange(string column, string what, int value, int most)
    {
        if (value < 1 || value > most) yield return $"The {what} of the number encoder of column '{column}' must be from 1 to {most}; they were {value}.";
    }
}

/// <summary>The number in deviations from its mean.</summary>
internal sealed record StandardEncoder : NumberEncoder
{
    internal override NumberScaling Scaling => NumberScaling.Standard;
}

/// <summary>The number by its rank, on the scale of a normal distribution.</summary>
internal sealed record QuantileEncoder : NumberEncoder
{
    internal override NumberScaling Scaling => NumberScaling.Normal;
}

/// <summary>A learned vector at each edge of a number's bins, linear between them.</summary>
internal sealed record PiecewiseLinearEncoder(int? Bins, int Dimensions, NumberBinning Binning) : NumberEncoder
{
    /// <summary>The most bins of a number.</summary>
    internal const int MostBins = 1_024;

    /// <summary>The most bins of a number where so many rows are known.</summary>
    internal int BinsFor(int rows) => Bins ?? Math.Clamp(rows / 20, 2, 128);

    internal override NumberScaling Scaling => NumberScaling.Bins;

    internal override int OutputSize => Dimensions;

    /// <summary>Range of the initial values of the linear part, as in the package rtdl_num_embeddings.</summary>
    internal double LinearRange => 1 / Math.Sqrt(Dimensions);

    internal override IEnumerable<string> Faults(string column)
    {
        foreach (string fault in OutOfRange(column, "bins", Bins ?? 1, MostBins)) yield return fault;
        foreach (string fault in OutOfRange(column, "dimensions", Dimensions, 4096)) yield return fault;
        foreach (string fault in EnumValues.Faults($"The binning of the number encoder of column '{column}'", Binning)) yield return fault;
    }
}

/// <summary>Cosines and sines of learned frequencies, then a dense layer with relu.</summary>
internal sealed record PeriodicEncoder(int Dimensions, int Frequencies, double Deviation) : NumberEncoder
{
    internal override NumberScaling Scaling => NumberScaling.Normal;

    internal override int OutputSize => Dimensions;

    /// <summary>Range of the initial values of the dense layer, as in the package rtdl_num_embeddings.</summary>
    internal double LinearRange => 1 / Math.Sqrt(2 * Frequencies);

    internal override IEnumerable<string> Faults(string column)
    {
        foreach (string fault in OutOfRange(column, "dimensions", Dimensions, 4096)) yield return fault;
        foreach (string fault in OutOfRange(column, "frequencies", Frequencies, 4096)) yield return fault;
        foreach (string fault in NumberRange.AboveZero.Faults($"The deviation of the frequencies of column '{column}'", Deviation)) yield return fault;
    }
}

/// <summary>Where the edges of a number's bins lie.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NumberBinning>))]
public enum NumberBinning
{
    /// <summary>Where each bin holds as many training rows.</summary>
    Quantiles,

    /// <summary>Where a decision tree that sees this number alone splits the training rows to predict the label.</summary>
    Label,
}

/// <summary>A kind of <see cref="NumberScale"/>.</summary>
internal enum NumberScaling
{
    /// <summary>Deviations from the mean.</summary>
    Standard,

    /// <summary>Quantiles of a normal distribution.</summary>
    Normal,

    /// <summary>Bins that are filled.</summary>
    Bins,
}
