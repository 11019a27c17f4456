namespace MLNet.Embeddings;

/// <summary>How the rows of a table are dealt out: each fold of them is held out once, and the others are trained on.</summary>
/// <param name="foldOf">The fold of each row, from 0; <see cref="ValidationFolds.None"/> for rows that are never held out.</param>
/// <param name="count">Number of folds.</param>
/// <param name="trainsOnAll">Whether the rows of all folds may be trained on in the end; false where they were given for validation alone.</param>
internal sealed class RowFolds(int[] foldOf, int count, bool trainsOnAll = true)
{
    /// <summary>Number of folds.</summary>
    internal int Count => count;

    /// <summary>All rows that may be trained on.</summary>
    internal int[] AllRows => RowsWhere(fold => trainsOnAll || fold == ValidationFolds.None);

    /// <summary>The rows to train on while a fold is held out.</summary>
    internal int[] TrainingRows(int fold) => RowsWhere(one => one != fold && (trainsOnAll || one == ValidationFolds.None));

    /// <summary>The rows of a fold.</summary>
    internal int[] HeldOutRows(int fold) => RowsWhere(one => one == fold);

    /// <summary>The rows that are held out once.</summary>
    internal int[] HeldOutRows() => RowsWhere(fold => fold != ValidationFolds.None);

    /// <summary>Number of rows that are held out once.</summary>
    internal int HeldOutCount => foldOf.Count(fold => fold != ValidationFolds.None);

    private int[] RowsWhere(Func<int, bool> takes)
    {
        int[] rows = new int[foldOf.Length];
        int taken = 0;
        for (int row = 0; row < rows.Length; row++)
        {
            if (takes(foldOf[row])) rows[taken++] = row;
        }
        return rows[..taken];
    }
}
