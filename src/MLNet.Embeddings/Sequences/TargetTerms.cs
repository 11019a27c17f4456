using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The terms of a target's keys, and how they make text.</summary>
/// <param name="Terms">The term of key 1, of key 2 and so on.</param>
/// <param name="Separator">What stands between two of them.</param>
internal sealed record TargetTerms(Vocabulary Terms, string Separator)
{
    /// <summary>The type of a column of the keys.</summary>
    internal VectorDataViewType KeysType => new(Terms.KeyType);

    /// <summary>The text of some keys.</summary>
    internal ReadOnlyMemory<char> TextOf(ReadOnlySpan<int> keys)
    {
        if (keys.IsEmpty) return default;
        int length = Separator.Length * (keys.Length - 1), place = 0;
        foreach (int key in keys) length += Terms.Terms[key - 1].Length;
        char[] text = new char[length];
        foreach (int key in keys)
        {
            if (place > 0) Separator.CopyTo(text.AsSpan(place));
            if (place > 0) place += Separator.Length;
            Terms.Terms[key - 1].CopyTo(text.AsSpan(place));
            place += Terms.Terms[key - 1].Length;
        }
        return text;
    }
}
