namespace MLNet.Embeddings;

/// <summary>What a column of the training rows was like, so that later data can be told from it. It is saved with the model, in a few hundred bytes.</summary>
public sealed record ColumnStatistics
{
    /// <summary>Name of the raw column.</summary>
    public required string Column { get; init; }

    /// <summary>Share of the rows in which it is missing: a category without a value, an empty text; of a vector of numbers, share of the numbers.</summary>
    public required double Missing { get; init; }

    /// <summary>
    /// Share of the values, of a text of its tokens, that have no term of their own in rows like these but not among them: terms that occur once count as such
    /// (Good 1953, doi 10.1093/biomet/40.3-4.237). Null where there is no key for unknown values.
    /// </summary>
    public double? Unknown { get; init; }

    /// <summary>The least number, or the least number of tokens of a text; NaN where there is none.</summary>
    public double Least { get; init; } = double.NaN;

    /// <summary>The largest number, or the largest number of tokens of a text; NaN where there is none.</summary>
    public double Most { get; init; } = double.NaN;

    /// <summary>Where bins of numbers, or of numbers of tokens, begin, rising: each number where there are few, else their tenths. Empty for
    /// categories.</summary>
    public IReadOnlyList<double> Bins { get; init => field = ValueList.Of(value); } = ValueList.Of<double>([]);

    /// <summary>Share of each bin among what is not missing.</summary>
    public IReadOnlyList<double> BinShares { get; init => field = ValueList.Of(value); } = ValueList.Of<double>([]);

    /// <summary>The most frequent keys, at most 20, but for those of missing and unknown values. Empty for numbers.</summary>
    public IReadOnlyList<int> Keys { get; init => field = ValueList.Of(value); } = ValueList.Of<int>([]);

    /// <summary>Share of each of these keys among what is not missing.</summary>
    public IReadOnlyList<double> KeyShares { get; init => field = ValueList.Of(value); } = ValueList.Of<double>([]);
}
