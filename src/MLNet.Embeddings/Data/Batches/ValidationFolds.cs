using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Rows to train on, and rows held out to validate on, each in their own order.</summary>
internal sealed record ValidationSplit(int[] Training, int[] Validation)
{
    /// <summary>Holds out a share of the rows, of each group as of all (stratified), so that rare labels stand in both parts.</summary>
    /// <remarks>
    /// Systematic sampling over the groups in their order, at random within each: what a group's share is more than a whole number is carried on to the next
    /// one, so that many small groups give as many rows as one large group, and the number held out is right to within one row.
    /// </remarks>
    /// <param name="groups">The group of each row, such as its class.</param>
    /// <param name="weights">The weight of each row. A row of weight 0 says nothing about a loss, so it is never held out.</param>
    /// <param name="fraction">Share of the rows to hold out; the only row of a group is trained on.</param>
    /// <param name="random">Source of the choice.</param>
    internal static ValidationSplit Stratified(ReadOnlySpan<float> groups, ReadOnlySpan<float> weights, double fraction, SplitMix random)
    {
        bool[] isHeld = new bool[groups.Length];
        int seen = 0, heldCount = 0;
        foreach (int[] rows in ValidationFolds.Deck(groups, weights, random))
        {
            seen += rows.Length;
            int held = Math.Clamp((int)Math.Floor(fraction * seen + 0.5) - heldCount, 0, rows.Length - 1);
            foreach (int row in rows.AsSpan(0, held)) isHeld[row] = true;
            heldCount += held;
        }

        int[] training = new int[groups.Length - heldCount], validation = new int[heldCount];
        int trained = 0, validated = 0;
        for (int row = 0; row < groups.Length; row++)
        {
            if (isHeld[row]) validation[validated++] = row;
            else training[trained++] = row;
        }
        return new ValidationSplit(training, validation);
    }
}

/// <summary>Parts of the rows, each to be validated on once by what was trained on the others (cross-validation).</summary>
internal static class ValidationFolds
{
    /// <summary>What rows that are never held out have in the place of a fold.</summary>
    internal const int None = -1;

    /// <summary>The fold of each row, from 0; <see cref="None"/> for a row of weight 0, and for the only row of a group.</summary>
    /// <remarks>
    /// The rows are dealt like cards, group after group, at random within each: a group's rows are spread over the folds to within one row, as all rows are.
    /// </remarks>
    /// <param name="groups">The group of each row, such as its class; all the same where there are none.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="folds">Number of folds, at least 2.</param>
    /// <param name="random">Source of the choice.</param>
    internal static int[] Deal(ReadOnlySpan<float> groups, ReadOnlySpan<float> weights, int folds, SplitMix random)
    {
        int[] foldOf = new int[groups.Length];
        Array.Fill(foldOf, None);
        int dealt = 0;
        foreach (int row in Deck(groups, weights, random).SelectMany(rows => rows)) foldOf[row] = dealt++ % folds;
        return foldOf;
    }

    /// <summary>
    /// The rows that may be held out: those of each group that count, in a random order, the groups in theirs; a group of one row is left out.
    /// </summary>
    internal static IEnumerable<int[]> Deck(ReadOnlySpan<float> groups, ReadOnlySpan<float> weights, SplitMix random)
    {
        var rowsOf = new Dictionary<float, List<int>>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (weights[row] == 0) continue;
            (CollectionsMarshal.GetValueRefOrAddDefault(rowsOf, groups[row], out _) ??= []).Add(row);
        }
        return rowsOf.Where(group => group.Value.Count > 1).OrderBy(group => group.Key).Select(group =>
        {
            int[] rows = [.. group.Value];
            random.Draw<int>(rows, rows.Length);
            return rows;
        });
    }
}
