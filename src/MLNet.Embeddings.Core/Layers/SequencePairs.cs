namespace MLNet.Embeddings;

/// <summary>Some sources and their targets, as an encoder-decoder learns them.</summary>
/// <remarks>A target of n tokens takes n + 1 steps: the first reads row 0 of the table, the others the tokens; wanted are the tokens, and class 0 at the
/// end.</remarks>
/// <param name="Source">The sources.</param>
/// <param name="Steps">What the decoder reads: rows of keys, of which the first is 0.</param>
/// <param name="Wanted">The class that is wanted at each step.</param>
internal sealed record SequencePairs(SequenceBatch Source, SequenceBatch Steps, int[] Wanted)
{
    /// <summary>The pairs of a batch whose columns are the source and the target.</summary>
    internal static SequencePairs Of(RowBatch batch)
    {
        var target = (SequenceBatch)batch.Columns[1];
        int[] lengths = Array.ConvertAll(target.Lengths, length => length + 1);
        int[] read = new int[target.TermOfToken.Length + lengths.Length], wanted = new int[read.Length];
        int token = 0, step = 0;
        foreach (int length in target.Lengths)
        {
            for (int i = 0; i < length; i++, token++, step++)
            {
                wanted[step] = target.Terms[target.TermOfToken[token]];
                read[step + 1] = target.TermOfToken[token] + 1;
            }
            step++; // The last step wants the end; the next one reads what comes before the first token.
            if (step < read.Length) read[step] = 0;
        }
        return new((SequenceBatch)batch.Columns[0], new SequenceBatch([0, .. target.Terms], lengths, read), wanted);
    }

    /// <summary>The same pairs, where the decoder reads other keys.</summary>
    /// <param name="keys">A key for each step.</param>
    /// <param name="index">Numbers them.</param>
    internal SequencePairs Reading(int[] keys, TermIndex index)
    {
        int[] read = Array.ConvertAll(keys, index.NumberOf);
        return this with { Steps = new SequenceBatch(index.TakeTerms(), Steps.Lengths, read) };
    }

    /// <summary>The key that the decoder reads at each step.</summary>
    internal int[] KeysRead => Array.ConvertAll(Steps.TermOfToken, term => Steps.Terms[term]);
}
