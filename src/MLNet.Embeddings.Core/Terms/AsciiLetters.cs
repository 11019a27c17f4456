using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MLNet.Embeddings;

/// <summary>Where letters and digits stand in a text of ASCII in lower case, by a bit per character: so their runs are found. Belongs to one thread.</summary>
internal sealed class AsciiLetters
{
    private const int Bits = 64;

    private ulong[] _letters = [];
    private int _length;

    /// <summary>Looks at all characters of a text.</summary>
    internal void Start(ReadOnlySpan<char> text)
    {
        // One more than are needed: behind the last letter there is always something else.
        int count = text.Length / Bits + 1;
        if (_letters.Length < count) _letters = new ulong[2 * count];
        _length = text.Length;
        var units = MemoryMarshal.Cast<char, ushort>(text);
        for (int i = 0; i < count; i++, units = units[Math.Min(Bits, units.Length)..])
            _letters[i] = units.Length >= Bits ? LettersOf(units[..Bits]) : LettersOfEnd(units);
    }

    /// <summary>The first letter or digit from a position on; the length of the text where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Next(int position)
    {
        int word = position / Bits, last = _length / Bits;
        ulong letters = _letters[word] & ulong.MaxValue << position;
        while (letters == 0)
        {
            if (word == last) return _length;
            letters = _letters[++word];
        }
        return word * Bits + BitOperations.TrailingZeroCount(letters);
    }

    /// <summary>The first other character from a position on; the length of the text where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int NextOther(int position)
    {
        int word = position / Bits;
        ulong others = ~_letters[word] & ulong.MaxValue << position;
        while (others == 0) others = ~_letters[++word];
        return word * Bits + BitOperations.TrailingZeroCount(others);
    }

    private static ulong LettersOf(ReadOnlySpan<ushort> units)
    {
        ulong letters = 0;
        for (int i = 0; i < Bits; i += Vector128<byte>.Count)
        {
            var (low, high) = (Vector128.Create(units.Slice(i, 8)), Vector128.Create(units.Slice(i + 8, 8)));
            var characters = Vector128.Narrow(low, high);
            letters |= (ulong)(IsLetter(characters).ExtractMostSignificantBits()) << i;
        }
        return letters;
    }

    private static ulong LettersOfEnd(ReadOnlySpan<ushort> units)
    {
        Span<ushort> padded = stackalloc ushort[Bits];
        units.CopyTo(padded);
        return LettersOf(padded);
    }

    private static Vector128<byte> IsLetter(Vector128<byte> characters) =>
        Vector128.LessThan(characters - Vector128.Create((byte)'a'), Vector128.Create((byte)26))
        | Vector128.LessThan(characters - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
}
