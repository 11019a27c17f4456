using System.Buffers;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Brings text to Unicode's normalization form C, in which a letter and its marks are one character where there is one (UAX 15).</summary>
/// <remarks>
/// .NET's own <see cref="string.Normalize()"/> leaves text as it is in applications with InvariantGlobalization, refuses halves of surrogate pairs, which
/// texts cut short have, and makes a string of each text. A term must have the same key on every machine.
/// </remarks>
internal sealed class CanonicalForm
{
    private const int SyllableBase = 0xAC00, LeadBase = 0x1100, VowelBase = 0x1161, TrailBase = 0x11A7;
    private const int LeadCount = 19, VowelCount = 21, TrailCount = 28, SyllableCount = LeadCount * VowelCount * TrailCount;

    private int[] _points = [];
    private int _count;
    private char[] _text = [];

    /// <summary>Whether a text is in the form, by its characters alone; false where their order would have to be looked at.</summary>
    internal static bool IsCertain(ReadOnlySpan<char> text) => Ascii.IsValid(text) || !text.ContainsAny(CanonicalTables.Shared.Uncertain);

    /// <summary>A text in the form: the same string where it is already.</summary>
    internal static string Of(string text) => IsCertain(text) ? text : new CanonicalForm().Compose(text).ToString();

    /// <summary>What a character is made of, as far as it goes: itself where it is made of nothing.</summary>
    internal static int[] PartsOf(int point)
    {
        if (!CanonicalTables.Shared.Parts.ContainsKey(point) && point - SyllableBase is < 0 or >= SyllableCount) return [point];
        var form = new CanonicalForm();
        form.Decompose(point);
        return [.. form._points.AsSpan(0, form._count)];
    }

    /// <summary>Other ways to write a text: letters and marks in parts, two marks in the other order, or one of them composed with its letter.</summary>
    internal static IEnumerable<string> Spellings(string text)
    {
        int[][] parts = [.. text.EnumerateRunes().Select(rune => PartsOf(rune.Value))];
        if (parts.All(of => of.Length == 1)) return [];
        return new[] { Written(of => of), Written(Swapped), Written(of => Joined(of)), Written(of => Joined(Swapped(of))) }
            .Where(spelling => spelling != text).Distinct();

        string Written(Func<int[], IEnumerable<int>> spell) => string.Concat(parts.SelectMany(spell).Select(part => new Rune(part).ToString()));
        // Marks on the same side of a letter are not the same in the other order.
        static int[] Swapped(int[] of) =>
            of.Length == 3 && CanonicalTables.Shared.ClassOf(of[1]) != CanonicalTables.Shared.ClassOf(of[2]) ? [of[0], of[2], of[1]] : of;
        static int[] Joined(int[] of) => of.Length > 1 && Composite(of[0], of[1]) is > 0 and var letter ? [letter, .. of[2..]] : of;
    }

    /// <summary>A text in the form: itself where it is already, else in memory that is valid until the next text.</summary>
    internal ReadOnlySpan<char> Compose(ReadOnlySpan<char> text)
    {
        if (IsCertain(text)) return text;
        _count = 0;
        while (!text.IsEmpty)
        {
            // Half of a surrogate pair stays what it is.
            int point = Rune.DecodeFromUtf16(text, out var rune, out int length) == OperationStatus.Done ? rune.Value : text[0];
            Decompose(point);
            text = text[length..];
        }
        Join();
        return Write();
    }

    private void Decompose(int point)
    {
        var tables = CanonicalTables.Shared;
        if (point - SyllableBase is >= 0 and < SyllableCount and var syllable)
        {
            Add(LeadBase + syllable / (VowelCount * TrailCount), 0);
            Add(VowelBase + syllable / TrailCount % VowelCount, 0);
            if (syllable % TrailCount > 0) Add(TrailBase + syllable % TrailCount, 0);
        }
        else if (tables.Parts.TryGetValue(point, out var parts))
        {
            Decompose(parts.First);
            if (parts.Second > 0) Decompose(parts.Second);
        }
        else
        {
            Add(point, tables.ClassOf(point));
        }
    }

    /// <summary>Adds a character behind those of its class and below.</summary>
    private void Add(int point, int combiningClass)
    {
        if (_count == _points.Length) Array.Resize(ref _points, Math.Max(64, 2 * _count));
        int place = _count++;
        if (combiningClass > 0)
        {
            for (; place > 0 && CanonicalTables.Shared.ClassOf(_points[place - 1]) > combiningClass; place--) _points[place] = _points[place - 1];
        }
        _points[place] = point;
    }

    /// <summary>Joins each mark to the letter before it, unless a mark of the same class or none stands between.</summary>
    private void Join()
    {
        int count = 0, starter = -1, last = 0;
        foreach (int point in _points.AsSpan(0, _count))
        {
            int combiningClass = CanonicalTables.Shared.ClassOf(point);
            bool isFree = starter >= 0 && (starter == count - 1 || last < combiningClass);
            if (isFree && Composite(_points[starter], point) is > 0 and var composite)
            {
                _points[starter] = composite;
                continue;
            }
            if (combiningClass == 0) starter = count;
            last = combiningClass;
            _points[count++] = point;
        }
        _count = count;
    }

    private static int Composite(int first, int second)
    {
        if (first - LeadBase is >= 0 and < LeadCount and var lead && second - VowelBase is >= 0 and < VowelCount and var vowel)
            return SyllableBase + (lead * VowelCount + vowel) * TrailCount;
        bool isOpen = first - SyllableBase is >= 0 and < SyllableCount and var syllable && syllable % TrailCount == 0;
        if (isOpen && second - TrailBase is > 0 and < TrailCount and var trail) return first + trail;
        return CanonicalTables.Shared.Composites.GetValueOrDefault((first, second));
    }

    private ReadOnlySpan<char> Write()
    {
        if (_text.Length < 2 * _count) _text = new char[4 * _count];
        int length = 0;
        foreach (int point in _points.AsSpan(0, _count))
        {
            if (Rune.TryCreate(point, out var rune)) length += rune.EncodeToUtf16(_text.AsSpan(length));
            else _text[length++] = (char)point;
        }
        return _text.AsSpan(0, length);
    }
}
