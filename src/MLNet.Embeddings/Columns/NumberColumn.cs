namespace MLNet.Embeddings;

/// <summary>A number column: a scalar or a vector of numbers, standardised inside to mean 0 and deviation 1.</summary>
/// <remarks>
/// Missing values (NaN) are filled with the mean; where the training data had any, a 0/1 indicator per number tells the network that the value was missing.
/// </remarks>
public sealed record NumberColumn : InputColumn
{
    internal NumberColumn(string name) : base(name) { }
}
