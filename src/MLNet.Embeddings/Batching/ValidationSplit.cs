namespace MLNet.Embeddings;

/// <summary>Rows to train on, and rows held out to validate on.</summary>
internal sealed record ValidationSplit(int[] Training, int[] Validation)
{
    /// <summary>Holds out a random share of each group's rows (stratified), so that rare labels stand in both parts.</summary>
    /// <param name="groups">The group of each row, such as its class.</param>
    /// <param name="weights">The weight of each row. A row of weight 0 says nothing about a loss, so it is never held out.</param>
    /// <param name="fraction">Share of the rows to hold out; of a group of one row, none is.</param>
    /// <param name="random">Source of the choice.</param>
    internal static ValidationSplit Stratified(ReadOnlySpan<float> groups, ReadOnlySpan<float> weights, double fraction, Random random)
    {
        List<int> training = [], validation = [];
        var rowsOf = new SortedDictionary<float, List<int>>();
        for (int row = 0; row < groups.Length; row++)
        {
            if (weights[row] == 0)
            {
                training.Add(row);
                continue;
            }
            if (!rowsOf.TryGetValue(groups[row], out var rows)) rowsOf[groups[row]] = rows = [];
            rows.Add(row);
        }

        foreach (var rows in rowsOf.Values)
        {
            int held = Math.Min(rows.Count - 1, (int)Math.Round(fraction * rows.Count));
            int[] shuffled = [.. rows];
            random.Shuffle(shuffled);
            validation.AddRange(shuffled[..held]);
            training.AddRange(shuffled[held..]);
        }
        return new ValidationSplit([.. training.Order()], [.. validation.Order()]);
    }
}
