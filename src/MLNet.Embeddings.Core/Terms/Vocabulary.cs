using System.Text.Json;
using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>
/// Terms and their keys: 0 is missing or padding, 1 the unknown term; then come keys that are set aside, if any, then the other terms in their order.
/// </summary>
internal sealed class Vocabulary : TermKeys
{
    private readonly string[] _terms;
    private readonly int _setAside;
    private readonly Dictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _keys;

    /// <param name="terms">The unknown term, then the others, each once.</param>
    /// <param name="setAside">Number of keys between the unknown one and those of the others, for terms that are hashed.</param>
    /// <exception cref="ArgumentException">A term is there twice.</exception>
    internal Vocabulary(IEnumerable<string> terms, int setAside = 0) : this(terms.ToArray(), setAside)
    {
    }

    /// <param name="terms">The same, not copied.</param>
    /// <param name="setAside">As above.</param>
    private Vocabulary(string[] terms, int setAside)
    {
        (_terms, _setAside, Terms) = (terms, setAside, Array.AsReadOnly(terms));
        var keys = new Dictionary<string, uint>(terms.Length, StringComparer.Ordinal);
        for (int i = 0; i < terms.Length; i++) keys.Add(terms[i], KeyAt(i));
        _keys = keys.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The unknown term, then the others in the order of their keys.</summary>
    internal IReadOnlyList<string> Terms { get; }

    /// <summary>The same, to be read in one go.</summary>
    internal ReadOnlySpan<string> AllTerms => _terms;

    internal override int Count => _terms.Length + _setAside;

    /// <summary>The key of the term at an index.</summary>
    internal uint KeyAt(int index) => Unknown + (uint)(index == 0 ? 0 : index + _setAside);

    /// <summary>The key of a term; that of the unknown term when it is not known, 0 when it is empty.</summary>
    internal override uint KeyOf(ReadOnlySpan<char> term)
    {
        if (term.IsEmpty) return Missing;
        return _keys.TryGetValue(term, out uint key) ? key : Unknown;
    }

    internal bool Contains(ReadOnlySpan<char> term) => _keys.ContainsKey(term);

    /// <summary>A vocabulary in which all terms have the keys they have here, and others the keys after them.</summary>
    internal Vocabulary With(IEnumerable<string> others) => new([.. _terms, .. others], _setAside);

    /// <summary>Whether a text can be a term: it is not empty, and survives a file, that is, has no half of a surrogate pair.</summary>
    internal static bool IsTerm(string? text) => IsTerm(text.AsSpan());

    /// <inheritdoc cref="IsTerm(string?)"/>
    internal static bool IsTerm(ReadOnlySpan<char> text) => !text.IsEmpty && IsWellFormed(text);

    /// <summary>Writes the terms as an array of JSON.</summary>
    internal void Write(Stream stream) => JsonSerializer.Serialize(stream, _terms, TermsJson.Default.StringArray);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="stream">Where the terms are.</param>
    /// <param name="termCount">How many there must be.</param>
    /// <param name="setAside">Number of keys that are set aside.</param>
    /// <exception cref="FormatException">There is something else than so many terms, each once. The message says what.</exception>
    internal static Vocabulary Read(Stream stream, int termCount, int setAside = 0)
    {
        string[] terms = ReadTerms(stream);
        if (terms.Length != termCount || termCount == 0)
            throw new FormatException($"It holds {terms.Length} terms; the transformer has {termCount}, at least 1.");
        if (!Array.TrueForAll(terms, IsTerm)) throw new FormatException("It holds an empty term.");
        try
        {
            return new Vocabulary(terms, setAside);
        }
        catch (ArgumentException e)
        {
            throw new FormatException("It holds a term twice.", e);
        }
    }

    private static string[] ReadTerms(Stream stream)
    {
        try
        {
            return JsonSerializer.Deserialize(stream, TermsJson.Default.StringArray) ?? throw new FormatException("It is null.");
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF')) return true;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (++i == text.Length || !char.IsSurrogatePair(text[i - 1], text[i]))) return false;
        }
        return true;
    }
}

/// <summary>Serializer of vocabularies, generated at compile time.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(string[]))]
internal sealed partial class TermsJson : JsonSerializerContext;
