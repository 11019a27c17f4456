namespace MLNet.Embeddings;

/// <summary>
/// Terms in ordinal order with their counts as a compact stream: of each term how many characters it shares with the one before, the others, and its count,
/// all as numbers of 7 bits a byte; at the end a term without characters.
/// </summary>
internal static class TermRun
{
    /// <summary>Writes terms that are in ordinal order.</summary>
    internal static void Write(BinaryWriter writer, CountedTerms terms)
    {
        char[] last = [];
        int length = 0;
        while (terms.MoveNext())
        {
            var term = terms.Term;
            int shared = term.CommonPrefixLength(last.AsSpan(0, length));
            writer.Write7BitEncodedInt(shared);
            writer.Write7BitEncodedInt(term.Length - shared);
            foreach (char character in term[shared..])
            {
                if (char.IsAscii(character)) writer.Write((byte)character);
                else writer.Write7BitEncodedInt(character);
            }
            writer.Write7BitEncodedInt64(terms.Count);
            if (last.Length < term.Length) Array.Resize(ref last, 2 * term.Length);
            term[shared..].CopyTo(last.AsSpan(shared));
            length = term.Length;
        }
        writer.Write7BitEncodedInt(0);
        writer.Write7BitEncodedInt(0);
    }
}

/// <summary>Reads what <see cref="TermRun.Write"/> wrote.</summary>
internal sealed class TermRunReader(BinaryReader reader) : CountedTerms
{
    private char[] _term = new char[64];
    private int _length;
    private long _count;

    internal override ReadOnlySpan<char> Term => _term.AsSpan(0, _length);

    internal override long Count => _count;

    /// <inheritdoc/>
    /// <exception cref="FormatException">Something else was written.</exception>
    internal override bool MoveNext()
    {
        var (shared, added) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        if (added == 0)
        {
            Require(shared == 0);
            return false;
        }
        Require(added > 0 && shared >= 0 && shared <= _length && shared <= Array.MaxLength - added);
        bool isLonger = shared == _length;
        char before = isLonger ? '\0' : _term[shared];
        for (int i = shared; i < shared + added; i++)
        {
            // Memory grows with what is really there, whatever length is claimed.
            if (i == _term.Length) Array.Resize(ref _term, (int)Math.Min(2L * i, Array.MaxLength));
            int character = reader.Read7BitEncodedInt();
            Require(character is >= 0 and <= char.MaxValue);
            _term[i] = (char)character;
        }
        _length = shared + added;
        _count = reader.Read7BitEncodedInt64();
        Require(_count > 0 && (isLonger || _term[shared] > before));
        return true;
    }

    private static void Require(bool isTrue)
    {
        if (isTrue) return;
        throw new FormatException("These are no counts of terms, or those of another version of the library. Count with the same version everywhere.");
    }
}
