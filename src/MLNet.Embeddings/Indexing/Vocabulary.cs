using System.Text;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>Terms and their keys: 0 is missing or padding, 1 the unknown term; then come keys that are set aside, if any, then the other terms in their order.</summary>
internal sealed class Vocabulary : TermKeys
{
    internal const string EntryName = "vocabulary.json";

    private readonly int _setAside;
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _keys;

    /// <param name="terms">The unknown term, then the others, each once.</param>
    /// <param name="setAside">Number of keys between the unknown one and those of the others, for terms that are hashed.</param>
    internal Vocabulary(IEnumerable<string> terms, int setAside = 0)
    {
        _setAside = setAside;
        Terms = Array.AsReadOnly(terms.ToArray());
        var keys = new Dictionary<string, uint>(Terms.Count, StringComparer.Ordinal);
        foreach (string term in Terms) keys.Add(term, KeyAt(keys.Count));
        _keys = keys.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The unknown term, then the others in the order of their keys.</summary>
    internal IReadOnlyList<string> Terms { get; }

    internal override int Count => Terms.Count + _setAside;

    /// <summary>The key of the term at an index.</summary>
    internal uint KeyAt(int index) => Unknown + (uint)(index == 0 ? 0 : index + _setAside);

    /// <summary>The key of a term; that of the unknown term when it is not known, 0 when it is empty.</summary>
    internal override uint KeyOf(ReadOnlySpan<char> term)
    {
        if (term.IsEmpty) return Missing;
        return _keys.TryGetValue(term, out uint key) ? key : Unknown;
    }

    internal bool Contains(string term) => _keys.ContainsKey(term);

    /// <summary>A vocabulary in which all terms have the keys they have here, and others the keys after them.</summary>
    internal Vocabulary With(IEnumerable<string> others) => new(Terms.Concat(others), _setAside);

    /// <summary>Whether a text can be a term: it is not empty, and survives a file, that is, has no half of a surrogate pair.</summary>
    internal static bool IsTerm(string? text) => !string.IsNullOrEmpty(text) && (!text.Any(char.IsSurrogate) || IsWellFormed(text));

    /// <param name="entries">The entries of a model file.</param>
    /// <param name="name">Name of the entry; that of a step with one vocabulary when left out.</param>
    internal void Write(EntryWriter entries, string name = EntryName) => entries.Write(name, stream => JsonSerializer.Serialize(stream, [.. Terms], IndexingJson.Default.StringArray));

    /// <exception cref="FormatException">The entry cannot be read, or holds something else than the terms that its transformer had.</exception>
    internal static Vocabulary Read(EntryReader entries, int termCount, int setAside = 0, string name = EntryName)
    {
        string[] terms = entries.Read(name, stream => ReadTerms(stream, name));
        if (terms.Length != termCount || termCount == 0) throw Damaged(name, $"It holds {terms.Length} terms; the transformer has {termCount}, at least 1.");
        if (!terms.All(IsTerm)) throw Damaged(name, "It holds an empty term.");
        if (terms.Distinct(StringComparer.Ordinal).Count() != terms.Length) throw Damaged(name, "It holds a term twice.");
        return new Vocabulary(terms, setAside);
    }

    private static string[] ReadTerms(Stream stream, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(stream, IndexingJson.Default.StringArray) ?? throw Damaged(name, "It is null.");
        }
        catch (JsonException e)
        {
            throw Damaged(name, e.Message);
        }
    }

    private static bool IsWellFormed(string text)
    {
        for (int i = 0; i < text.Length; i += char.IsSurrogate(text[i]) ? 2 : 1)
        {
            if (!Rune.TryGetRuneAt(text, i, out _)) return false;
        }
        return true;
    }

    private static FormatException Damaged(string name, string cause) => EntryReader.Damaged(name, cause);
}
