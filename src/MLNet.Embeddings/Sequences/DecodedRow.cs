using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a fitted encoder-decoder computed of the row that a cursor stands on.</summary>
internal interface IDecodedRow
{
    /// <summary>What computed the current row, and the row's number there.</summary>
    /// <param name="needed">What has to be computed; it is now unless it is already.</param>
    (SequenceDecoder Decoder, int Row) Get(DecodedColumns needed);

    /// <summary>The keys of the current row's target.</summary>
    ReadOnlySpan<int> Target { get; }
}

/// <summary>What is computed of the row that a cursor stands on: each part once, when a column that needs it is first read.</summary>
/// <remarks>By ML.NET's contract a row's position changes whenever its contents do, those of a prediction engine's row as well.</remarks>
internal sealed class DecodedRow(DataViewRow row, SequenceReader reader, SequenceDecoder decoder) : IDecodedRow
{
    private long _position = -1;
    private DecodedColumns _computed;

    public (SequenceDecoder Decoder, int Row) Get(DecodedColumns needed)
    {
        if (row.Position < 0 || row.Position != _position)
        {
            _position = -1;
            reader.Read(0);
            (_position, _computed) = (row.Position, DecodedColumns.None);
        }
        decoder.Run(reader.Sources, reader.Targets, 0, 1, needed & ~_computed);
        _computed |= needed;
        return (decoder, 0);
    }

    public ReadOnlySpan<int> Target
    {
        get
        {
            Get(DecodedColumns.TargetTokens);
            return reader.Targets[0];
        }
    }
}

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
    private readonly DecodedColumns _needed;

    /// <param name="row">The cursor.</param>
    /// <param name="createReader">Makes a reader of its rows.</param>
    /// <param name="createDecoder">Makes what one thread computes with.</param>
    /// <param name="getters">Makes the getters of the added columns.</param>
    /// <param name="needed">What the active ones of them need.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal DecodedBlock(
        DataViewRow row, Func<SequenceReader> createReader, Func<SequenceDecoder> createDecoder, Func<IDecodedRow, Delegate?[]> getters,
        DecodedColumns needed, int threads)
    {
        (_reader, _needed, _run) = (createReader(), needed, Decode);
        _decoders = [.. Enumerable.Range(0, threads).Select(_ => createDecoder())];
        _single = new DecodedRow(row, createReader(), createDecoder());
        Getters = getters(this);
    }

    internal override Delegate?[] Getters { get; }

    public (SequenceDecoder Decoder, int Row) Get(DecodedColumns needed)
    {
        if (Index < 0) return _single.Get(needed);
        Complete();
        var (part, first) = _places[Index];
        return (_decoders[part], Index - first);
    }

    public ReadOnlySpan<int> Target => Index < 0 ? _single.Target : _reader.Targets[Index];

    private protected override void Take(int index) => _reader.Read(index);

    private protected override void Compute(int rows) => Parts.Run(_decoders.Length, rows, RowsPerThread, _run);

    private void Decode(int part, int start, int end)
    {
        _decoders[part].Run(_reader.Sources, _reader.Targets, start, end - start, _needed);
        for (int row = start; row < end; row++) _places[row] = (part, start);
    }
}

/// <summary>Reads sources and targets of a cursor's rows.</summary>
/// <param name="source">Reads the source of the current row.</param>
/// <param name="target">Reads its target; null where that is not wanted.</param>
internal sealed class SequenceReader(KeyReading.SequenceGetter source, KeyReading.SequenceGetter? target)
{
    internal SequenceBuffer Sources { get; } = new();

    internal SequenceBuffer Targets { get; } = new();

    /// <summary>Takes the row that the cursor stands on.</summary>
    internal void Read(int index)
    {
        Sources.Set(index, source());
        if (target is not null) Targets.Set(index, target());
    }
}
