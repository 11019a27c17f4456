namespace MLNet.Embeddings;

/// <summary>A number column: a scalar or a vector of numbers, each of which becomes a vector.</summary>
/// <remarks>
/// n numbers add n times the length of the <see cref="Encoder"/>'s vectors to the combined one, and n 0/1 indicators of what is missing where the training data
/// had missing values (NaN) in the column.
/// </remarks>
public sealed record NumberColumn : InputColumn
{
    internal NumberColumn(string name) : base(name) { }

    /// <summary>How a number becomes a vector.</summary>
    /// <value>Default <see cref="NumberEncoder.Standard"/>.</value>
    public NumberEncoder Encoder { get; init; } = NumberEncoder.Standard();

    internal override IEnumerable<string> Faults() => base.Faults()
        .Concat(Encoder is null ? [$"The encoder of column '{Name}' must not be null; leave it out for the default."] : Encoder.Faults(Name));
}
