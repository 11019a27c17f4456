namespace MLNet.Embeddings;

/// <summary>What is asked of vectors of characters: of which kinds they are, and what their neighbours are.</summary>
internal static class OnnxSets
{
    /// <summary>For each kind of a character, whether it is one of these.</summary>
    internal static OnnxValue In(this OnnxValue kinds, params ReadOnlySpan<CharacterKind> set)
    {
        if (set.Length == 1) return kinds.Is((long)set[0]);
        bool[] isIn = new bool[(int)CharacterKind.Count];
        foreach (var kind in set) isIn[(int)kind] = true;
        return kinds.Graph.Vector(isIn).At(kinds);
    }

    /// <summary>For each element, the one before it; something given before the first.</summary>
    internal static OnnxValue Before<T>(this OnnxValue values, T first) where T : notnull => values.Graph.Vector(first).Concat(0, values.Slice(0, -1));

    /// <summary>For each element, the one behind it; something given behind the last.</summary>
    internal static OnnxValue Behind<T>(this OnnxValue values, T last) where T : notnull =>
        values.Slice(1, long.MaxValue).Concat(0, values.Graph.Vector(last));

    /// <summary>The place of each element: 0, 1, 2 and so on.</summary>
    internal static OnnxValue Places(this OnnxValue values) =>
        values.Graph.Apply("Range", [values.Graph.Scalar(0L), values.Extent(0).Reshape(), values.Graph.Scalar(1L)]);

    /// <summary>For each place, how often a condition holds up to it, itself included.</summary>
    internal static OnnxValue Count(this OnnxValue condition) => condition.Cast(OnnxType.Int64).CumulativeSum();

    /// <summary>For each place the last one, up to it, where a condition holds, as it does at the first.</summary>
    internal static OnnxValue LastPlace(this OnnxValue condition) => condition.Indices().At(condition.Count() - 1);
}
