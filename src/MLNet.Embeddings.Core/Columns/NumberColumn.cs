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
    /// <value>
    /// Default null: <see cref="NumberEncoder.PiecewiseLinear"/>, the best of the encoders on Adult and on taxi fares, for columns of up to 64 numbers;
    /// <see cref="NumberEncoder.Standard"/> for wider ones, which may be vectors of another model and would grow twelve times as wide.
    /// </value>
    public NumberEncoder? Encoder { get; init; }

    private const int MostEncoded = 64;

    /// <summary>How a number of a column of so many becomes a vector.</summary>
    internal NumberEncoder EncoderFor(int size) => Encoder ?? (size <= MostEncoded ? NumberEncoder.PiecewiseLinear() : NumberEncoder.Standard());

    internal override IEnumerable<string> Faults() => base.Faults().Concat(Encoder?.Faults(Name) ?? []);
}
