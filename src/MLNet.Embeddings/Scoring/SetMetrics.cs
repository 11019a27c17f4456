using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>How well predicted sets of labels agree with the right ones.</summary>
/// <param name="MicroF1">2 TP / (2 TP + FP + FN) over all labels of all rows.</param>
/// <param name="ExactMatch">The share of rows whose set is predicted as it is.</param>
internal sealed record SetMetrics(double MicroF1, double ExactMatch)
{
    /// <param name="scored">Scored rows.</param>
    /// <param name="label">Name of the column of right labels: a vector of texts or keys.</param>
    /// <param name="predicted">Name of the column of predicted ones.</param>
    internal static SetMetrics Of(IDataView scored, string label, string predicted)
    {
        DataViewSchema.Column rightColumn = scored.Schema.Find("label", label), predictedColumn = scored.Schema.Find("predicted label", predicted);
        using var cursor = scored.GetRowCursor([rightColumn, predictedColumn]);
        Func<HashSet<string>> getRight = Reader(cursor, rightColumn), getPredicted = Reader(cursor, predictedColumn);
        long rows = 0, exact = 0, both = 0, either = 0;
        while (cursor.MoveNext())
        {
            HashSet<string> right = getRight(), found = getPredicted();
            rows++;
            either += right.Count + found.Count;
            if (right.SetEquals(found)) exact++;
            right.IntersectWith(found);
            both += right.Count;
        }
        return new SetMetrics(either == 0 ? double.NaN : 2.0 * both / either, rows == 0 ? double.NaN : (double)exact / rows);
    }

    private static Func<HashSet<string>> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (InputType.Of(column).IsKey)
        {
            var keys = KeyReading.Sequence(row, column, KeyReading.KeyCount(column));
            string[]? texts = KeyColumn.TextsOf(column);
            return () =>
            {
                HashSet<string> set = [];
                foreach (int key in keys()) set.Add(texts?[key - 1] ?? key.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return set;
            };
        }
        var getter = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
        VBuffer<ReadOnlyMemory<char>> values = default;
        return () =>
        {
            getter(ref values);
            return [.. values.DenseValues().Select(value => value.ToString()).Where(text => text.Length > 0)];
        };
    }
}
