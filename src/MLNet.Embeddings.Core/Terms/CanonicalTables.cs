using System.Buffers;
using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>What Unicode says of characters with marks: the file CanonicalForms.txt, read when the first text needs it.</summary>
internal sealed class CanonicalTables
{
    private static readonly Lazy<CanonicalTables> Loaded = new(() => new CanonicalTables());

    private readonly byte[] _classes;

    private CanonicalTables()
    {
        // The vowels and final consonants of Hangul, whose syllables are computed.
        HashSet<int> uncertain = [.. Enumerable.Range(0x1161, 21), .. Enumerable.Range(0x11A8, 27)];
        List<(int First, int Last, byte Class)> classes = [];
        foreach (string line in Lines().Where(line => line[0] != '#'))
        {
            string[] fields = line.Split(' ');
            int Hex(int field) => int.Parse(fields[field], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (fields[2] == ":")
            {
                classes.Add((Hex(0), Hex(1), byte.Parse(fields[3], CultureInfo.InvariantCulture)));
                uncertain.UnionWith(Enumerable.Range(Hex(0), Hex(1) - Hex(0) + 1));
                continue;
            }
            var (character, first, second) = (Hex(0), Hex(2), fields.Length > 3 ? Hex(3) : 0);
            Parts.Add(character, (first, second));
            bool composes = fields[1] == "=";
            if (composes) Composites.Add((first, second), character);
            uncertain.Add(composes ? second : character);
        }
        _classes = new byte[classes.Max(range => range.Last) + 1];
        foreach (var (first, last, combiningClass) in classes) _classes.AsSpan(first, last - first + 1).Fill(combiningClass);
        Uncertain = SearchValues.Create([.. uncertain.Select(point => char.ConvertFromUtf32(point)[0]).Distinct()]);
    }

    /// <summary>The tables.</summary>
    internal static CanonicalTables Shared => Loaded.Value;

    /// <summary>What a character is made of; the second part is 0 where it stands for another one.</summary>
    internal Dictionary<int, (int First, int Second)> Parts { get; } = [];

    /// <summary>The character that two make up.</summary>
    internal Dictionary<(int First, int Second), int> Composites { get; } = [];

    /// <summary>Characters, or first halves of such, whose texts may be in another form.</summary>
    internal SearchValues<char> Uncertain { get; }

    /// <summary>The combining class of a character; 0 if it is no mark that may change places.</summary>
    internal int ClassOf(int point) => point < _classes.Length ? _classes[point] : 0;

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(CanonicalTables).Assembly.GetManifestResourceStream("CanonicalForms.txt")!);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
