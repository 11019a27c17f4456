using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Reads scored rows.</summary>
internal static class ScoreCheck
{
    /// <summary>Reads every score of a view.</summary>
    /// <returns>Which score is not finite; null if all are.</returns>
    internal static string? Problem(IDataView scored)
    {
        foreach (var (column, scores) in Scores(scored))
        {
            int row = scores.FindIndex(values => !AreFinite(values));
            if (row >= 0) return $"{column} of row {row} is {string.Join(' ', scores[row])}.";
        }
        return null;
    }

    /// <summary>The scores and probabilities of a view's rows by the name of their column.</summary>
    internal static IEnumerable<(string Column, List<float[]> Rows)> Scores(IDataView scored)
    {
        var columns = scored.Schema.Where(column => column.Type.ItemType().RawType == typeof(float) && ScoreColumn.IsScore(column)).ToArray();
        foreach (var column in columns)
        {
            List<float[]> rows = column.Type is VectorDataViewType
                ? [.. scored.GetColumn<VBuffer<float>>(column).Select(row => row.DenseValues().ToArray())]
                : [.. scored.GetColumn<float>(column).Select(score => new[] { score })];
            yield return (column.Name, rows);
        }
    }

    /// <summary>The bits of all scores, so that equal ones are equal texts.</summary>
    internal static string Bits(IDataView scored) => string.Join('\n', Scores(scored).Select(scores =>
        $"{scores.Column}: {string.Join(' ', scores.Rows.SelectMany(row => row).Select(value => $"{BitConverter.SingleToUInt32Bits(value):x}"))}"));

    internal static bool AreFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) return false;
        }
        return true;
    }
}
