using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Keys of the tokens of a block of texts, which several threads cut and look up.</summary>
internal sealed class TokenBlock : RowBlock
{
    /// <summary>Fewer characters than these are not worth another thread.</summary>
    private const long CharactersPerThread = 2_048;

    private readonly ValueGetter<ReadOnlyMemory<char>> _getText;
    private readonly TextKeys[] _keys;
    private readonly Action<int, int, int> _index;
    private readonly ReadOnlyMemory<char>[] _texts = new ReadOnlyMemory<char>[ReadAheadCursor.MaxRows];
    private readonly (int Part, Range Keys)[] _places = new (int, Range)[ReadAheadCursor.MaxRows];

    /// <param name="getText">Getter of the texts.</param>
    /// <param name="getKeys">Getter of the keys of a row that is in no block.</param>
    /// <param name="createKeys">Makes what one thread works with.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal TokenBlock(ValueGetter<ReadOnlyMemory<char>> getText, ValueGetter<VBuffer<uint>> getKeys, Func<TextKeys> createKeys, int threads)
    {
        _getText = getText;
        _keys = [.. Enumerable.Range(0, threads).Select(_ => createKeys())];
        _index = IndexTexts;
        Getters = [(ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) =>
        {
            if (Index < 0) getKeys(ref keys);
            else Get(ref keys);
        })];
    }

    internal override Delegate?[] Getters { get; }

    private protected override void Take(int index) => _getText(ref _texts[index]);

    private protected override void Compute(int rows)
    {
        long characters = 0;
        foreach (var text in _texts.AsSpan(0, rows)) characters += text.Length;
        Parts.Run(_keys.Length, rows, Parts.Least(rows, characters, CharactersPerThread), _index);
    }

    private void IndexTexts(int part, int start, int end)
    {
        _keys[part].Clear();
        for (int row = start; row < end; row++) _places[row] = (part, _keys[part].Add(_texts[row]));
    }

    private void Get(ref VBuffer<uint> keys)
    {
        Complete();
        var (part, place) = _places[Index];
        _keys[part].CopyTo(ref keys, place);
    }
}
