using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>Rows to train on, and rows held out to validate on, each in their own order.</summary>
internal sealed record ValidationSplit(int[] Training, int[] Validation)
{
    /// <summary>Holds out a random share of each group's rows (stratified), so that rare labels stand in both parts.</summary>
    /// <param name="groups">The group of each row, such as its class.</param>
    /// <param name="weights">The weight of each row. A row of weight 0 says nothing about a loss, so it is never held out.</param>
    /// <param name="fraction">Share of the rows to hold out; of a group of one row, none is.</param>
    /// <param name="random">Source of the choice.</param>
    internal static ValidationSplit Stratified(ReadOnlySpan<float> groups, ReadOnlySpan<float> weights, double fraction, SplitMix random)
    {
        if (fraction == 0) return new ValidationSplit([.. Enumerable.Range(0, groups.Length)], []);

        bool[] isHeld = new bool[groups.Length];
        int heldCount = 0;
        foreach (var (_, rows) in RowsOf(groups, weights).OrderBy(group => group.Key))
        {
            int held = Math.Min(rows.Count - 1, (int)Math.Round(fraction * rows.Count));
            random.Draw(CollectionsMarshal.AsSpan(rows), held);
            foreach (int row in CollectionsMarshal.AsSpan(rows)[..held]) isHeld[row] = true;
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

    /// <summary>The rows of each group that count.</summary>
    private static Dictionary<float, List<int>> RowsOf(ReadOnlySpan<float> groups, ReadOnlySpan<float> weights)
    {
        var rowsOf = new Dictionary<float, List<int>>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (weights[row] == 0) continue;
            (CollectionsMarshal.GetValueRefOrAddDefault(rowsOf, groups[row], out _) ??= []).Add(row);
        }
        return rowsOf;
    }
}
