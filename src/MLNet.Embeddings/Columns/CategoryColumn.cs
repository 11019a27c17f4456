namespace MLNet.Embeddings;

/// <summary>A category column: a scalar key that is looked up in a trained table.</summary>
/// <remarks>
/// Key 0 (missing) and key 1 (unknown, for columns made by <c>IndexCategories</c>) have rows of their own, trained like the others.
/// </remarks>
public sealed record CategoryColumn : InputColumn
{
    internal CategoryColumn(string name) : base(name) { }

    /// <summary>Length of a category's vector.</summary>
    /// <value>
    /// Default null: <c>min(64, round(1.6 n^0.56))</c> for n categories, which is fastai's rule (fastai/tabular/model.py, emb_sz_rule) with a lower cap.
    /// Else from 1 to 4,096.
    /// </value>
    public int? Dimensions { get; init; }

    /// <summary>fastai's rule of thumb for the length of a category's vector, capped at 64.</summary>
    internal static int DimensionsFor(int keyCount) => Math.Clamp((int)Math.Round(1.6 * Math.Pow(keyCount, 0.56)), 1, 64);

    internal override IEnumerable<string> Faults() => base.Faults().Concat(Dimensions is { } given ? DimensionFaults(given) : []);
}
