using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Turns texts into the keys of their terms, one text after the other. Belongs to one thread.</summary>
/// <param name="shape">How text is cut.</param>
/// <param name="tokens">Keys of the tokens.</param>
internal sealed class TextKeys(TokenIndexingShape shape, TermKeys tokens)
{
    private readonly TextTerms _terms = new(shape.Split, shape.Standardize, shape.NgramLength);
    private readonly TermKeys _ngrams = shape.NgramHashBuckets is { } buckets ? new HashedKeys(buckets) : tokens;
    private uint[] _keys = new uint[Math.Min(shape.MaxLength, 64)];
    private int _count;

    /// <summary>Forgets all texts.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Adds the keys of a text; gives their place.</summary>
    internal Range Add(ReadOnlyMemory<char> text)
    {
        int start = _count;
        _terms.Start(text, shape.MaxLength);
        while (_terms.MoveNext())
        {
            bool isToken = _terms.Length == 1;
            uint key = (isToken ? tokens : _ngrams).KeyOf(_terms.Current);
            // N-grams without a key are left out, else most keys of a row were the unknown one.
            if (key == TermKeys.Unknown && !isToken) continue;
            if (_count == _keys.Length) Array.Resize(ref _keys, (int)Math.Min(2L * _count, Array.MaxLength));
            _keys[_count++] = key;
        }
        return start.._count;
    }

    /// <summary>Gives out the keys at a place, padded if rows have a fixed length.</summary>
    internal void CopyTo(ref VBuffer<uint> value, Range place)
    {
        var keys = _keys.AsSpan(place);
        var editor = VBufferEditor.Create(ref value, shape.FixedLength ? shape.MaxKeys : keys.Length);
        keys.CopyTo(editor.Values);
        editor.Values[keys.Length..].Clear();
        value = editor.Commit();
    }
}
