namespace MLNet.Embeddings;

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
        if (!(Deviation > 0) || double.IsInfinity(Deviation))
            yield return $"The deviation of the frequencies of column '{column}' must be above 0; it was {Deviation}.";
    }
}
