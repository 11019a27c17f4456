using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What is computed of the rows of a cursor, block by block, on several threads.</summary>
internal sealed class DecodedBlock : RowBlock, IDecodedRow
{
    /// <summary>Fewer rows than these are not worth another thread: their steps would not fill a tile.</summary>
    private const int RowsPerThread = 4;

    private readonly SequenceReader _reader;
    private readonly SequenceDecoder[] _decoders;
    private readonly DecodedRow _single;
    private readonly (int Part, int First)[] _places = new (int, int)[ReadAheadCursor.MaxRows];
    private readonly Action<int, int, int> _run;

    /// <param name="row">The cursor.</param>
    /// <param name="createReader">Makes a reader of its rows.</param>
    /// <param name="createDecoder">Makes what one thread computes with.</param>
    /// <param name="getters">Makes the getters of the added columns.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal DecodedBlock(
        DataViewRow row, Func<SequenceReader> createReader, Func<SequenceDecoder> createDecoder, Func<IDecodedRow, Delegate?[]> getters, int threads)
    {
        (_reader, _run) = (createReader(), Decode);
        _decoders = [.. Enumerable.Range(0, threads).Select(_ => createDecoder())];
        _single = new DecodedRow(row, createReader(), createDecoder());
        Getters = getters(this);
    }

    internal override Delegate?[] Getters { get; }

    public (SequenceDecoder Decoder, int Row) Current
    {
        get
        {
            if (Index < 0) return _single.Current;
            Complete();
            var (part, first) = _places[Index];
            return (_decoders[part], Index - first);
        }
    }

    public ReadOnlySpan<int> Target => Index < 0 ? _single.Target : _reader.Targets[Index];

    private protected override void Take(int index) => _reader.Read(index);

    private protected override void Compute(int rows) => Parts.Run(_decoders.Length, rows, RowsPerThread, _run);

    private void Decode(int part, int start, int end)
    {
        _decoders[part].Run(_reader.Sources, _reader.Targets, start, end - start);
        for (int row = start; row < end; row++) _places[row] = (part, start);
    }
}
