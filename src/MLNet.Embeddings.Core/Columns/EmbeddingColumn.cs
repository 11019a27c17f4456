namespace MLNet.Embeddings;

/// <summary>A column of keys, which are looked up in a trained table that has a vector for each.</summary>
public abstract record EmbeddingColumn : InputColumn
{
    private protected EmbeddingColumn(string name) : base(name) { }

    /// <summary>Length of a key's vector.</summary>
    /// <value>
    /// Default null: that of <see cref="Vectors"/> if there are any, else 64 for sequences; for categories and bags of n categories <c>min(64, round(1.6 n^0.56))</c>, which is fastai's rule
    /// (fastai/tabular/model.py, emb_sz_rule) with a lower cap. Else from 1 to 4,096.
    /// </value>
    public int? Dimensions { get; init; }

    /// <summary>Name of the table that the keys are looked up in. Columns that give the same name share one table, as title and body or source and destination may.</summary>
    /// <value>
    /// Default null: a table of its own. Columns that share one must have keys of one vocabulary, as <c>IndexTokens</c> and <c>IndexCategories</c> of several columns
    /// make them. Their vectors have one length: that of the first of them which gives one, else that of the first.
    /// </value>
    public string? Table { get; init; }

    /// <summary>Vectors from a file, by the values of the keys, for the table to begin with.</summary>
    /// <value>
    /// Default null: random vectors, uniform from -0.05 to 0.05 as Keras has it. The keys must have values, so not be hashed; <see cref="Dimensions"/> is
    /// best left out. Columns that share a table share its vectors, and one of them need name them.
    /// </value>
    public PretrainedVectors? Vectors { get; init; }

    /// <summary>Length of a key's vector for so many keys.</summary>
    internal int DimensionsFor(int keyCount) => Dimensions ?? DefaultDimensions(keyCount);

    internal override IEnumerable<string> Faults() => [.. base.Faults(), .. TableFaults(), .. Vectors?.Faults(Name) ?? []];

    /// <summary>The length for so many keys where none is given; fastai's rule of thumb unless a kind of column has another.</summary>
    private protected virtual int DefaultDimensions(int keyCount) => Math.Clamp((int)Math.Round(1.6 * Math.Pow(keyCount, 0.56)), 1, 64);

    private IEnumerable<string> TableFaults()
    {
        if (Table is "") yield return $"The table of column '{Name}' must have a name; leave it out for a table of its own.";
        if (Dimensions is < 1 or > 4096) yield return $"The dimensions of column '{Name}' must be from 1 to 4096; they were {Dimensions}.";
    }
}
