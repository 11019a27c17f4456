namespace MLNet.Embeddings;

/// <summary>Looks terms of texts up in a vocabulary, as <see cref="TextKeys"/> does: the tokens up to the most that are read, and runs of them.</summary>
/// <param name="step">How terms come of texts.</param>
/// <param name="forms">The characters of its terms.</param>
internal sealed class OnnxTerms(OnnxTextStep step, CharacterForms forms)
{
    private const long RunBase = 0x5851F42D4C957F2D;
    private const int EndLength = 15, LengthShift = 36, GroupShift = 40;

    /// <summary>The keys of texts.</summary>
    internal OnnxKeys Of(OnnxTokens tokens)
    {
        var rows = OnnxKeys.RowsOf(tokens.IsEnd);
        var isRead = tokens.IsEnd | OnnxKeys.PlacesOf(tokens.IsEnd, rows) < rows.Graph.Scalar((long)step.MaxTokens);
        var (hashes, isEnd) = (tokens.Hashes.Where(isRead), tokens.IsEnd.Where(isRead));
        if (step.Cutting.Split == TokenSplit.WordCharacter) return Ngrams(WithSpaces(hashes, isEnd, tokens.StartsRun!.Value.Where(isRead)));
        rows = rows.Where(isRead);
        return step.NgramLength == 1 ? new OnnxKeys(Look(hashes), rows) : Ngrams(new Run(hashes, rows, isEnd, IsTerm: null));
    }

    /// <summary>Puts a space at both ends of each word; what is between spaces, and an end, is a group.</summary>
    private Run WithSpaces(OnnxValue hashes, OnnxValue isEnd, OnnxValue startsRun)
    {
        var graph = hashes.Graph;
        var begins = startsRun & !isEnd;
        var extent = isEnd.Extent(0) + begins.Cast(OnnxType.Int64).Reduce("Sum", 0, keep: true) * 2;
        // Two spaces for each word that began, but for the one behind the word that a character is in.
        var places = isEnd.Places() + begins.Count() * 2 - (!isEnd).Cast(OnnxType.Int64);
        var left = places.Where(begins) - 1;
        var none = graph.Vector(0L).Expand(extent);
        var ends = none.Scatter(places, isEnd.Cast(OnnxType.Int64));
        var groups = (none.Scatter(left, left.Places() * 0 + 1) + ends).CumulativeSum();
        var spaced = graph.Vector(forms.HashOf(" ")).Expand(extent).Scatter(places, hashes);
        return new Run(spaced, groups, ends.Is(1), IsTerm: none.Scatter(places, places.Places() * 0 + 1).Is(1));
    }

    private OnnxKeys Ngrams(Run run)
    {
        var graph = run.Hashes.Graph;
        var rows = OnnxKeys.RowsOf(run.IsEnd);
        var hashes = run.Hashes;
        List<OnnxValue> allHashes = [hashes], areTerms = [run.IsTerm ?? run.IsEnd | !run.IsEnd], allRows = [rows], allGroups = [run.Groups];
        List<OnnxValue> places = [hashes.Places() + (run.IsEnd.Cast(OnnxType.Int64) * (EndLength - 1) + 1) * (1L << LengthShift)];
        long power = 1;
        for (int length = 2; length <= step.NgramLength; length++)
        {
            power = unchecked(power * RunBase);
            hashes = hashes.Slice(0, -1) + run.Hashes.Slice(length - 1, long.MaxValue) * power;
            var groups = run.Groups.Slice(length - 1, long.MaxValue);
            allHashes.Add(hashes);
            areTerms.Add(groups.Is(run.Groups.Slice(0, 1 - length)) & !run.IsEnd.Slice(length - 1, long.MaxValue));
            allRows.Add(rows.Slice(length - 1, long.MaxValue));
            allGroups.Add(groups);
            places.Add(hashes.Places() + length * (1L << LengthShift));
        }
        var keys = Look(Joined(allHashes));
        // Runs of tokens without a key are left out.
        var isToken = keys.Places() < run.Hashes.Extent(0);
        var isKept = Joined(areTerms) & (isToken | !keys.Is((long)TermKeys.Unknown));
        return new OnnxKeys(keys.Where(isKept), Joined(allRows).Where(isKept), () => (Joined(allGroups) * (1L << GroupShift) + Joined(places)).Where(isKept));

        OnnxValue Joined(List<OnnxValue> parts) => parts.Count == 1 ? parts[0] : parts[0].Concat(0, [.. parts[1..]]);
    }

    private OnnxValue Look(OnnxValue hashes)
    {
        Dictionary<long, long> keys = new() { [OnnxTokens.EndHash] = TermKeys.Missing };
        foreach (var (index, term) in step.Vocabulary.Terms.Index().Skip(1)) keys.TryAdd(HashOf(term), step.Vocabulary.KeyAt(index));
        return hashes.Graph.Apply(OnnxDomains.Learning, "LabelEncoder", [hashes],
            ("keys_int64s", keys.Keys.ToArray()), ("values_int64s", keys.Values.ToArray()), ("default_int64", (long)TermKeys.Unknown));
    }

    private long HashOf(string term)
    {
        long hash = 0, power = 1;
        foreach (string token in TokensOf(term))
        {
            hash = unchecked(hash + power * forms.HashOf(token));
            power = unchecked(power * RunBase);
        }
        return hash;
    }

    private IEnumerable<string> TokensOf(string term)
    {
        if (step.Cutting.Split is TokenSplit.Word or TokenSplit.Whitespace) return term.Split(' ');
        // The space before a word is a token, whatever follows it.
        List<string> clusters = step.Cutting.Split == TokenSplit.WordCharacter && term[0] == ' ' ? [" "] : [];
        for (int i = clusters.Count; i < term.Length; i += clusters[^1].Length)
            clusters.Add(term.Substring(i, Characters.ClusterLength(term.AsSpan(i))));
        return clusters;
    }

    /// <summary>Tokens, spaces and ends, one after the other.</summary>
    /// <param name="Hashes">Of each.</param>
    /// <param name="Groups">Numbers of what runs do not cross, rising.</param>
    /// <param name="IsEnd">Whether it is the end of a text.</param>
    /// <param name="IsTerm">Whether it is more than a space; null where nothing is one.</param>
    private sealed record Run(OnnxValue Hashes, OnnxValue Groups, OnnxValue IsEnd, OnnxValue? IsTerm);
}
