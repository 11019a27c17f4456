using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Keys of the terms of a block of texts, of one column or several, which several threads cut and look up.</summary>
internal sealed class TokenBlock : RowBlock
{
    /// <summary>Fewer characters than these are not worth another thread.</summary>
    private const long CharactersPerThread = 2_048;

    private readonly TextColumnBlock[] _columns;
    private readonly TextKeys[] _keys;
    private readonly int? _length;
    private readonly Action<int, int, int> _index;

    /// <param name="columns">
    /// Of each column the getters of the texts, and of the keys of a row that is in no block, and what counts the texts, null where nobody asks; null where a
    /// column is not active.
    /// </param>
    /// <param name="createKeys">Makes what one thread works with.</param>
    /// <param name="length">The length of every row, which padding fills up; null when each has its own.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal TokenBlock(
        (ValueGetter<ReadOnlyMemory<char>> Text, ValueGetter<VBuffer<uint>> Keys, CutTexts? Cuts)?[] columns, Func<TextKeys> createKeys, int? length,
        int threads)
    {
        var blocks = Array.ConvertAll(columns, column => column is { } active ? new TextColumnBlock(active.Text, active.Cuts) : null);
        _columns = [.. blocks.OfType<TextColumnBlock>()];
        _keys = [.. Enumerable.Range(0, threads).Select(_ => createKeys())];
        _length = length;
        _index = IndexTexts;
        Getters = [.. blocks.Zip(columns, (block, column) => block is null ? null : Getter(block, column!.Value.Keys))];
    }

    internal override Delegate?[] Getters { get; }

    private protected override void Take(int index)
    {
        foreach (var column in _columns) column.Take(index);
    }

    private protected override void Compute(int rows)
    {
        long characters = 0;
        foreach (var column in _columns) characters += column.Characters(rows);
        Parts.Run(_keys.Length, rows, Parts.Least(rows, characters, CharactersPerThread), _index);
    }

    private void IndexTexts(int part, int start, int end)
    {
        var keys = _keys[part];
        keys.Clear();
        foreach (var column in _columns) column.Index(start, end, part, keys);
    }

    private ValueGetter<VBuffer<uint>> Getter(TextColumnBlock column, ValueGetter<VBuffer<uint>> getRow) => (ref VBuffer<uint> keys) =>
    {
        if (Index < 0)
        {
            getRow(ref keys);
            return;
        }
        Complete();
        var (part, place) = column.PlaceOf(Index);
        KeyColumn.Fill(_keys[part].At(place), _length, ref keys);
    };
}

/// <summary>The texts of one column in a block of rows, and where the keys of each are.</summary>
/// <param name="getText">Getter of the texts.</param>
/// <param name="cuts">Counts them; null where nobody asks.</param>
internal sealed class TextColumnBlock(ValueGetter<ReadOnlyMemory<char>> getText, CutTexts? cuts)
{
    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[ReadAheadCursor.MaxRows];
    private readonly (int Part, Range Keys)[] _places = new (int, Range)[ReadAheadCursor.MaxRows];

    /// <summary>Takes the text of the row that the input stands on.</summary>
    internal void Take(int row) => getText(ref _texts[row]);

    /// <summary>Number of characters of the first texts.</summary>
    internal long Characters(int rows)
    {
        long characters = 0;
        foreach (var text in _texts.AsSpan(0, rows)) characters += text.Length;
        return characters;
    }

    /// <summary>Makes the keys of a part's texts.</summary>
    /// <param name="start">Place of the first row.</param>
    /// <param name="end">Place behind the last.</param>
    /// <param name="part">Number of the thread's part.</param>
    /// <param name="keys">What that thread works with.</param>
    internal void Index(int start, int end, int part, TextKeys keys)
    {
        var (texts, cut) = (0, 0);
        for (int row = start; row < end; row++)
        {
            var place = keys.Add(_texts[row]);
            _places[row] = (part, place);
            if (cuts is null || keys.At(place).IsEmpty) continue;
            texts++;
            if (keys.IsCut()) cut++;
        }
        cuts?.Add(texts, cut);
    }

    /// <summary>Which part has the keys of a row, and where.</summary>
    internal (int Part, Range Keys) PlaceOf(int row) => _places[row];
}

/// <summary>How many texts of a view were read that have a token, and of how many the end was cut off. Any number of threads may count.</summary>
internal sealed class CutTexts
{
    private long _texts, _cut;

    /// <summary>Counts texts.</summary>
    /// <param name="texts">So many.</param>
    /// <param name="cut">Of which so many were cut off.</param>
    internal void Add(int texts, int cut)
    {
        Interlocked.Add(ref _texts, texts);
        Interlocked.Add(ref _cut, cut);
    }

    /// <summary>The share of texts that were cut off, from 0 to 1.</summary>
    internal double Share => Interlocked.Read(ref _texts) is > 0 and var texts ? (double)Interlocked.Read(ref _cut) / texts : 0;
}
