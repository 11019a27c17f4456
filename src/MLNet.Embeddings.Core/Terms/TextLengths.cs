namespace MLNet.Embeddings;

/// <summary>How long texts are that have a token at all.</summary>
internal sealed class TextLengths : IMergeable
{
    /// <summary>Number of texts.</summary>
    internal long Texts { get; private set; }

    /// <summary>Number of texts of which tokens are cut off.</summary>
    internal long Longer { get; private set; }

    /// <summary>Tokens of the longest text, those that are cut off included.</summary>
    internal int Longest { get; private set; }

    /// <summary>Tokens of all texts that are not cut off.</summary>
    internal long Tokens { get; private set; }

    /// <summary>Counts a text.</summary>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="cutOff">Those behind them that are cut off.</param>
    internal void Add(int tokens, int cutOff)
    {
        if (tokens == 0) return;
        Texts++;
        Tokens += tokens;
        if (cutOff > 0) Longer++;
        Longest = Math.Max(Longest, tokens + cutOff);
    }

    /// <summary>Adds the lengths of other texts.</summary>
    internal void Add(TextLengths other)
    {
        Texts += other.Texts;
        Longer += other.Longer;
        Longest = Math.Max(Longest, other.Longest);
        Tokens += other.Tokens;
    }

    /// <inheritdoc/>
    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, nameof(TextLengths));
        writer.Write7BitEncodedInt64(Texts);
        writer.Write7BitEncodedInt64(Longer);
        writer.Write7BitEncodedInt(Longest);
        writer.Write7BitEncodedInt64(Tokens);
    }

    /// <inheritdoc/>
    public void Merge(BinaryReader reader) => Merging.Read(reader, nameof(TextLengths), () => Add(new TextLengths
    {
        Texts = Merging.ReadCount(reader),
        Longer = Merging.ReadCount(reader),
        Longest = (int)Merging.ReadCount(reader, int.MaxValue),
        Tokens = Merging.ReadCount(reader),
    }));
}
