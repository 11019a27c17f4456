using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What one pass over scored rows tells.</summary>
/// <param name="Count">Number of rows.</param>
/// <param name="Labelled">Number of rows with a label.</param>
/// <param name="Right">Number of rows that are predicted right as a whole; of numbers none counts.</param>
/// <param name="Classes">How many rows have each label.</param>
/// <param name="Worst">The rows that are predicted worst, the worst first; none that is predicted right.</param>
internal sealed record JudgedRows(long Count, long Labelled, long Right, IReadOnlyDictionary<string, long> Classes, IReadOnlyList<RowError> Worst)
{
    /// <summary>Reads scored rows.</summary>
    /// <param name="scored">The rows.</param>
    /// <param name="names">The columns.</param>
    /// <param name="most">How many of the worst to keep.</param>
    /// <param name="cancellation">Ends it.</param>
    internal static JudgedRows Read(IDataView scored, ScoreNames names, int most, CancellationToken cancellation)
    {
        long count = 0, labelled = 0, right = 0;
        var classes = new Dictionary<string, long>(StringComparer.Ordinal);
        var worst = new PriorityQueue<RowError, double>();
        using var cursor = scored.GetRowCursor(names.All(scored.Schema).Select(name => scored.Schema[name]));
        var judge = RowJudge.Of(cursor, names);
        for (; cursor.MoveNext(); count++)
        {
            if (count % 256 == 0) cancellation.ThrowIfCancellationRequested();
            if (judge() is not { } row) continue;
            labelled++;
            if (names.Task != ReportTask.Regression) classes[row.Label] = classes.GetValueOrDefault(row.Label) + 1;
            if (double.IsNegativeInfinity(row.Error)) right++;
            else if (worst.Count < most) worst.Enqueue(row, row.Error);
            else if (most > 0) worst.EnqueueDequeue(row, row.Error);
        }
        return new JudgedRows(count, labelled, right, classes, [.. worst.UnorderedItems.Select(item => item.Element)
            .OrderByDescending(row => row.Error).ThenBy(row => row.Position)]);
    }
}
