namespace MLNet.Embeddings;

/// <summary>A column of keys, which are looked up in a trained table that has a vector for each.</summary>
public abstract record EmbeddingColumn : InputColumn
{
    private protected EmbeddingColumn(string name) : base(name) { }

    /// <summary>Length of a key's vector.</summary>
    /// <value>
    /// Default null: 64 for sequences; for categories and bags of n categories <c>min(64, round(1.6 n^0.56))</c>, which is fastai's rule
    /// (fastai/tabular/model.py, emb_sz_rule) with a lower cap. Else from 1 to 4,096.
    /// </value>
    public int? Dimensions { get; init; }

    /// <summary>Length of a key's vector for so many keys.</summary>
    internal int DimensionsFor(int keyCount) => Dimensions ?? DefaultDimensions(keyCount);

    internal override IEnumerable<string> Faults() => base.Faults().Concat(DimensionFaults());

    /// <summary>The length for so many keys where none is given; fastai's rule of thumb unless a kind of column has another.</summary>
    private protected virtual int DefaultDimensions(int keyCount) => Math.Clamp((int)Math.Round(1.6 * Math.Pow(keyCount, 0.56)), 1, 64);

    private IEnumerable<string> DimensionFaults()
    {
        if (Dimensions is < 1 or > 4096) yield return $"The dimensions of column '{Name}' must be from 1 to 4096; they were {Dimensions}.";
    }
}
