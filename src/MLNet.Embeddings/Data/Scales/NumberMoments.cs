namespace MLNet.Embeddings;

/// <summary>How many numbers there are, their mean, deviation and ends: exact, and so the same bits of parts of them in any order.</summary>
internal sealed class NumberMoments : IMergeable
{
    private readonly ExactSum _sum = new(), _squares = new();
    private double _least = double.PositiveInfinity, _most = double.NegativeInfinity;

    internal long Count { get; private set; }

    /// <summary>The mean, rounded once; 0 of no numbers.</summary>
    internal double Mean => Count == 0 ? 0 : _sum.Over(Count);

    /// <summary>The deviation of the numbers themselves, as exact where their mean is large against it; 0 of no numbers.</summary>
    internal double Deviation => Count == 0 ? 0 : Math.Sqrt(ExactSum.Variance(_sum, _squares, Count));

    /// <summary>The least number; 0 of none.</summary>
    internal double Least => Count == 0 ? 0 : _least;

    /// <summary>The largest number; 0 of none.</summary>
    internal double Most => Count == 0 ? 0 : _most;

    /// <param name="value">A number, not NaN.</param>
    internal void Add(double value)
    {
        Count++;
        _sum.Add(value);
        _squares.AddSquare(value);
        (_least, _most) = (Math.Min(_least, value), Math.Max(_most, value));
    }

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(NumberMoments));
        writer.Write7BitEncodedInt64(Count);
        writer.Write(_least);
        writer.Write(_most);
        _sum.Write(writer);
        _squares.Write(writer);
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(NumberMoments), () =>
    {
        Count += Merging.ReadCount(reader);
        (_least, _most) = (Math.Min(_least, reader.ReadDouble()), Math.Max(_most, reader.ReadDouble()));
        _sum.Merge(reader);
        _squares.Merge(reader);
    });
}
