namespace MLNet.Embeddings;

/// <summary>The fewest insertions, deletions and replacements that lead from one sequence to another (Levenshtein), in the memory of one row.</summary>
internal sealed class EditDistance
{
    private int[] _row = [];

    internal int Between(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        if (_row.Length <= to.Length) _row = new int[2 * to.Length + 1];
        for (int column = 0; column <= to.Length; column++) _row[column] = column;
        for (int line = 0; line < from.Length; line++)
        {
            int diagonal = _row[0];
            _row[0] = line + 1;
            for (int column = 0; column < to.Length; column++)
            {
                int replaced = diagonal + (from[line] == to[column] ? 0 : 1);
                diagonal = _row[column + 1];
                _row[column + 1] = Math.Min(replaced, 1 + Math.Min(diagonal, _row[column]));
            }
        }
        return _row[to.Length];
    }
}
