using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Turns texts into the keys of their tokens, one text after the other. Belongs to one thread.</summary>
internal sealed class TextKeys(TokenIndexingShape shape, Vocabulary vocabulary)
{
    private readonly Tokenizer _tokenizer = new(shape.Split, shape.Standardize);
    private uint[] _keys = new uint[Math.Min(shape.MaxLength, 64)];
    private int _count;

    /// <summary>Forgets all texts.</summary>
    internal void Clear() => _count = 0;

    /// <summary>Adds the keys of a text; gives their place.</summary>
    internal Range Add(ReadOnlyMemory<char> text)
    {
        int start = _count;
        _tokenizer.Start(text);
        while (_count - start < shape.MaxLength && _tokenizer.MoveNext())
        {
            if (_count == _keys.Length) Array.Resize(ref _keys, (int)Math.Min(2L * _count, Array.MaxLength));
            _keys[_count++] = vocabulary.KeyOf(_tokenizer.Current);
        }
        return start.._count;
    }

    /// <summary>Gives out the keys at a place, padded if rows have a fixed length.</summary>
    internal void CopyTo(ref VBuffer<uint> value, Range place)
    {
        var keys = _keys.AsSpan(place);
        var editor = VBufferEditor.Create(ref value, shape.FixedLength ? shape.MaxLength : keys.Length);
        keys.CopyTo(editor.Values);
        editor.Values[keys.Length..].Clear();
        value = editor.Commit();
    }
}
