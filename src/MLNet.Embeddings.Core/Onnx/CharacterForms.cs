namespace MLNet.Embeddings;

/// <summary>The characters that vocabularies have, numbered; a letter with marks is the same however it is composed.</summary>
/// <remarks>
/// A text is known by what its characters are made of (Unicode's normalization form D), so that no graph has to compose them. Each character has a value for
/// the hash of a token and a length, the number of its parts but marks: a mark has the length 0, and counts at the place of its letter, whatever the order of
/// several.
/// </remarks>
internal sealed class CharacterForms
{
    /// <summary>Numbers of the end of a text, of all characters that no vocabulary has, and of the small i.</summary>
    internal const long End = 0, Other = 1, SmallI = 2;

    private const int FewestPlaces = 64;
    private const long Base = 0x2545F4914F6CDD1D, MarkBase = unchecked((long)0x9E3779B97F4A7C15);

    private readonly Dictionary<int, long> _parts = new() { ['i'] = SmallI, [' '] = SmallI + 1 };
    private readonly Dictionary<string, long> _numbers = [];
    private readonly List<long> _values = [0, Other], _lengths = [1, 1];

    /// <param name="terms">The terms of all vocabularies.</param>
    internal CharacterForms(IEnumerable<string> terms)
    {
        NumberOf('i');
        int longest = FewestPlaces;
        foreach (string term in terms)
        {
            longest = Math.Max(longest, term.Length);
            foreach (int part in PartsOf(term)) _parts.TryAdd(part, SmallI + _parts.Count);
        }
        Powers = new long[longest + 1];
        Powers[0] = 1;
        for (int i = 1; i < Powers.Length; i++) Powers[i] = unchecked(Powers[i - 1] * Base);
    }

    /// <summary>What characters at each place of a token are multiplied with; behind the longest token of the vocabularies, all with the same.</summary>
    internal long[] Powers { get; }

    /// <summary>The value of each number for hashes.</summary>
    internal long[] Values => [.. _values];

    /// <summary>How many places of a token each number takes.</summary>
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
            long value = 0, power = 1, length = 0;
            foreach (int part in parts)
            {
                if (IsMark(part))
                {
                    value = unchecked(value + MarkValue(part) * (length > 1 ? PowerOf((int)length - 1) : 1));
                    continue;
                }
                value = unchecked(value + _parts[part] * power);
                power = unchecked(power * Base);
                length++;
            }
            _values.Add(value);
            _lengths.Add(length);
        }
        return number;
    }

    /// <summary>The hash of a token of a vocabulary.</summary>
    internal long HashOf(string token)
    {
        long hash = 0;
        int place = 0;
        foreach (int part in PartsOf(token))
        {
            if (IsMark(part)) hash = unchecked(hash + MarkValue(part) * Powers[Math.Clamp(place - 1, 0, Powers.Length - 1)]);
            else hash = unchecked(hash + _parts[part] * Powers[Math.Min(place++, Powers.Length - 1)]);
        }
        return hash;
    }

    /// <summary>The characters themselves that vocabularies have.</summary>
    internal IEnumerable<int> Points => _parts.Keys;

    /// <summary>Mixed, so that the sum for several marks is that for no others.</summary>
    private long MarkValue(int mark)
    {
        long mixed = unchecked(_parts[mark] * MarkBase);
        mixed = unchecked((mixed ^ mixed >>> 30) * Base);
        return mixed ^ mixed >>> 31;
    }

    private static long PowerOf(int exponent)
    {
        long power = 1;
        for (int i = 0; i < exponent; i++) power = unchecked(power * Base);
        return power;
    }

    private static bool IsMark(int point) => CanonicalTables.Shared.ClassOf(point) > 0;

    private static IEnumerable<int> PartsOf(string text) => text.EnumerateRunes().SelectMany(rune => CanonicalForm.PartsOf(rune.Value));
}
