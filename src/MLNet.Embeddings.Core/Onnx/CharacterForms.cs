namespace MLNet.Embeddings;

/// <summary>The characters that vocabularies have, numbered; a letter with a mark is the same whether it is one character or two.</summary>
/// <remarks>
/// A text is known by what its characters are made of (Unicode's normalization form D), so that no graph has to compose them: each has a value for the hash of
/// a token, which is that of its parts one after the other, and a length, their number.
/// </remarks>
internal sealed class CharacterForms
{
    /// <summary>Numbers of the end of a text, of all characters that no vocabulary has, and of the small i.</summary>
    internal const long End = 0, Other = 1, SmallI = 2;

    private readonly Dictionary<int, long> _parts = new() { ['i'] = SmallI, [' '] = SmallI + 1 };
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<long> _values = [0, Other], _lengths = [1, 1];

    /// <param name="terms">The terms of all vocabularies.</param>
    internal CharacterForms(IEnumerable<string> terms)
    {
        NumberOf('i');
        foreach (int part in terms.SelectMany(PartsOf)) _parts.TryAdd(part, SmallI + _parts.Count);
    }

    /// <summary>The value of each number for hashes.</summary>
    internal long[] Values => [.. _values];

    /// <summary>How many characters of the hash each number stands for.</summary>
    internal long[] Lengths => [.. _lengths];

    /// <summary>The number of a character; <see cref="Other"/> if no vocabulary has all of its parts.</summary>
    internal long NumberOf(int point)
    {
        int[] parts = CanonicalForm.PartsOf(point);
        if (!parts.All(_parts.ContainsKey)) return Other;
        string key = string.Join(' ', parts);
        if (!_numbers.TryGetValue(key, out long number))
        {
            _numbers[key] = number = _values.Count;
            _values.Add(TokenHash.Of(parts.Select(part => _parts[part])));
            _lengths.Add(parts.Length);
        }
        return number;
    }

    /// <summary>The hash of a token of a vocabulary.</summary>
    internal long HashOf(string token) => TokenHash.Of(PartsOf(token).Select(part => _parts[part]));

    /// <summary>The characters themselves that vocabularies have.</summary>
    internal IEnumerable<int> Points => _parts.Keys;

    private static IEnumerable<int> PartsOf(string text) => text.EnumerateRunes().SelectMany(rune => CanonicalForm.PartsOf(rune.Value));
}

/// <summary>The hash by which a graph knows a token: a polynomial of its characters, modulo 2^64.</summary>
internal static class TokenHash
{
    /// <summary>The hash of the end of a text.</summary>
    internal const long End = 0;

    private const int LongestPower = 255;
    private const long Base = 0x2545F4914F6CDD1D;

    /// <summary>What the characters at each place are multiplied with; all from the last place on with the same.</summary>
    internal static long[] Powers { get; } = MakePowers();

    internal static long Of(IEnumerable<long> characters)
    {
        long hash = 0;
        foreach (var (place, character) in characters.Index()) hash = unchecked(hash + character * Powers[Math.Min(place, LongestPower)]);
        return hash;
    }

    private static long[] MakePowers()
    {
        long[] powers = new long[LongestPower + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++) powers[i] = unchecked(powers[i - 1] * Base);
        return powers;
    }
}
