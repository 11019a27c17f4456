namespace MLNet.Embeddings;

/// <summary>A learned vector at each edge of a number's bins, linear between them.</summary>
internal sealed record PiecewiseLinearEncoder(int? Bins, int Dimensions, NumberBinning Binning) : NumberEncoder
{
    /// <summary>The most bins of a number.</summary>
    internal const int MostBins = 1_024;

    /// <summary>The most bins of a number where so many rows are known.</summary>
    internal int BinsFor(int rows) => Bins ?? Math.Clamp(rows / 100, 2, 128);

    internal override NumberScaling Scaling => NumberScaling.Bins;

    internal override int OutputSize => Dimensions;

    /// <summary>Range of the initial values of the linear part, as in the package rtdl_num_embeddings.</summary>
    internal double LinearRange => 1 / Math.Sqrt(Dimensions);

    internal override IEnumerable<string> Faults(string column)
    {
        foreach (string fault in OutOfRange(column, "bins", Bins ?? 1, MostBins)) yield return fault;
        foreach (string fault in OutOfRange(column, "dimensions", Dimensions, 4096)) yield return fault;
        if (!Enum.IsDefined(Binning)) yield return $"The binning of the number encoder of column '{column}' must be Quantiles or Label; it was {Binning}.";
    }
}
