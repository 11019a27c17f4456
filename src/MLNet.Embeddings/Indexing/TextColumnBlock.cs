using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The texts of one column in a block of rows, and where the keys of each are.</summary>
/// <param name="getText">Getter of the texts.</param>
internal sealed class TextColumnBlock(ValueGetter<ReadOnlyMemory<char>> getText)
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

    /// <summary>Makes the keys of a row's text.</summary>
    /// <param name="row">Place of the row.</param>
    /// <param name="part">Number of the thread's part.</param>
    /// <param name="keys">What that thread works with.</param>
    internal void Index(int row, int part, TextKeys keys) => _places[row] = (part, keys.Add(_texts[row]));

    /// <summary>Which part has the keys of a row, and where.</summary>
    internal (int Part, Range Keys) PlaceOf(int row) => _places[row];
}
