using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>A cursor whose input runs ahead by a block of rows, so that what is computed of rows can be computed for many at once.</summary>
/// <remarks>
/// Reads the input once and in its own order, and keeps of each row the columns that were asked for; so sources may be shuffled, or be readable only once.
/// It runs no further ahead than it has come: who takes few rows reads few. A row that cannot be read ends its block and stays the one that the input stands
/// on, so that its error is thrown when, and only if, a value that it concerns is asked for.
/// </remarks>
internal sealed class ReadAheadCursor : DataViewRowCursor
{
    /// <summary>The most rows of a block.</summary>
    internal const int MaxRows = 256;

    private readonly DataViewRowCursor _input;
    private readonly RowBlock _block;
    private readonly KeptColumn?[] _columns;
    private readonly KeptColumn[] _kept;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly (long Position, long Batch, DataViewRowId Id)[] _places = new (long, long, DataViewRowId)[MaxRows];

    private long _passed;
    private int _current = -1, _rows, _read;
    private bool _ended;
    private ExceptionDispatchInfo? _failure;

    /// <param name="input">The cursor that runs ahead; owned.</param>
    /// <param name="asked">Its columns that were asked for, each of a type that <see cref="KeptColumn.CanKeep"/>.</param>
    /// <param name="block">What is computed of its rows.</param>
    internal ReadAheadCursor(DataViewRowCursor input, IEnumerable<DataViewSchema.Column> asked, RowBlock block)
    {
        (_input, _block, _id) = (input, block, input.GetIdGetter());
        _columns = new KeptColumn?[input.Schema.Count];
        foreach (var column in asked) _columns[column.Index] = KeptColumn.Of(input, column);
        _kept = [.. _columns.OfType<KeptColumn>()];
    }

    public override DataViewSchema Schema => _input.Schema;
    public override long Position => _block.Index < 0 ? _input.Position : _places[_block.Index].Position;
    public override long Batch => _block.Index < 0 ? _input.Batch : _places[_block.Index].Batch;

    public override bool MoveNext()
    {
        if (++_current >= _rows)
        {
            ReadBlock();
            _current = 0;
        }
        _block.Index = _current < _read ? _current : -1;
        return _rows > 0;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        if (_block.Index < 0) _id(ref id);
        else id = _places[_block.Index].Id;
    };

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns[column.Index] is not null;

    /// <exception cref="InvalidOperationException">The column is not active, or its values are of another type.</exception>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _columns[column.Index] switch
    {
        KeptValues<TValue> values => values.Getter(_block),
        null => throw SchemaErrors.NotActive(column),
        _ => throw SchemaErrors.OtherType<TValue>(column),
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing) _input.Dispose();
        base.Dispose(disposing);
    }

    private void ReadBlock()
    {
        _failure?.Throw();
        _passed += _rows;
        long size = Math.Clamp(_passed, 1, MaxRows);
        (_rows, _read) = (0, 0);
        while (_rows < size && _read == _rows && Advance())
        {
            _rows++;
            if (TryRead(_read)) _read++;
        }
    }

    /// <summary>Moves the input. An error is kept until the rows before it were given out.</summary>
    private bool Advance()
    {
        if (_ended) return false;
        try
        {
            _ended = !_input.MoveNext();
        }
        catch (Exception error) when (_rows > 0)
        {
            _failure = ExceptionDispatchInfo.Capture(error);
            _ended = true;
        }
        return !_ended;
    }

    /// <summary>Reads all that may be asked of a row. What fails will be asked of the input again, which then says why to whom it concerns.</summary>
    private bool TryRead(int index)
    {
        try
        {
            ref var place = ref _places[index];
            (place.Position, place.Batch) = (_input.Position, _input.Batch);
            _id(ref place.Id);
            foreach (var column in _kept) column.Read(index);
            _block.Read(index);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }
}

/// <summary>What is computed of many rows at once, as soon as a value of one of them is asked for. Belongs to one <see cref="ReadAheadCursor"/>.</summary>
internal abstract class RowBlock
{
    private int _rows;
    private bool _isComputed;

    /// <summary>Place of the current row in the block; negative if it is in none, so that the input itself stands on it.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>Getters of the added columns for the current row; null where a column is not active.</summary>
    internal abstract Delegate?[] Getters { get; }

    /// <summary>Takes from the row that the input stands on what its values are computed of.</summary>
    /// <param name="index">Place of the row; 0 begins a new block.</param>
    internal void Read(int index)
    {
        (_rows, _isComputed) = (index, false);
        Take(index);
        _rows++;
    }

    /// <summary>Computes the values of all rows that were read, unless they are.</summary>
    private protected void Complete()
    {
        if (_isComputed) return;
        Compute(_rows);
        _isComputed = true;
    }

    /// <inheritdoc cref="Read"/>
    private protected abstract void Take(int index);

    /// <summary>Computes the values of so many rows.</summary>
    private protected abstract void Compute(int rows);
}
