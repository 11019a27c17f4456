using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Measures how well the outputs in a data view agree with their targets.</summary>
internal static class SequenceEvaluator
{
    /// <param name="view">The data.</param>
    /// <param name="output">Name of the column of decoded tokens.</param>
    /// <param name="target">Name of the column of the targets' tokens.</param>
    /// <param name="logProbability">Name of the column of the targets' log-probabilities; null if there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of a wrong type, or the keys of the two mean other tokens.</exception>
    /// <exception cref="InvalidOperationException">No row has a target.</exception>
    internal static SequenceMetrics Evaluate(IDataView view, string output, string target, string? logProbability)
    {
        DataViewSchema.Column outputs = Find(view.Schema, "output tokens", output), targets = Find(view.Schema, "target tokens", target);
        RequireSameTerms(outputs, targets);
        DataViewSchema.Column? probabilities = logProbability is null ? null : view.Schema.Find("target log-probability", logProbability);

        using var cursor = view.GetRowCursor(probabilities is { } needed ? [outputs, targets, needed] : [outputs, targets]);
        var getOutput = KeyReading.Sequence(cursor, outputs, KeyReading.KeyCount(outputs));
        var getTarget = KeyReading.Sequence(cursor, targets, KeyReading.KeyCount(targets));
        var getProbability = probabilities is { } column ? cursor.GetGetter<float>(column) : null;
        var (distance, bleu) = (new EditDistance(), new BleuCounter());
        long rows = 0, skipped = 0, tokens = 0, exact = 0, edits = 0, right = 0, steps = 0;
        double logSum = 0;
        float logarithm = float.NaN;
        while (cursor.MoveNext())
        {
            ReadOnlySpan<int> given = getTarget();
            if (given.IsEmpty)
            {
                skipped++;
                continue;
            }
            ReadOnlySpan<int> decoded = getOutput();
            rows++;
            tokens += given.Length;
            if (decoded.SequenceEqual(given)) exact++;
            edits += distance.Between(decoded, given);
            for (int i = 0; i < Math.Min(given.Length, decoded.Length); i++) right += given[i] == decoded[i] ? 1 : 0;
            bleu.Add(decoded, given);
            getProbability?.Invoke(ref logarithm);
            if (float.IsNaN(logarithm)) continue;
            logSum += logarithm;
            steps += given.Length + 1;
        }
        if (rows == 0) throw new InvalidOperationException($"None of the {skipped} rows has tokens in the target column '{target}'; measuring needs rows with a target.");
        return new SequenceMetrics
        {
            RowCount = rows,
            TokenCount = tokens,
            SkippedRows = skipped,
            ExactMatch = (double)exact / rows,
            TokenErrorRate = (double)edits / tokens,
            TokenAccuracy = (double)right / tokens,
            Perplexity = steps > 0 ? Math.Exp(-logSum / steps) : double.NaN,
            Bleu = bleu.Value,
        };
    }

    private static DataViewSchema.Column Find(DataViewSchema schema, string role, string name)
    {
        if (schema.GetColumnOrNull(name) is null && name.EndsWith(OutputColumns.TargetTokens, StringComparison.Ordinal))
        {
            throw SchemaErrors.Missing(role, name, schema.Where(column => !column.IsHidden).Select(column => column.Name),
                "The model adds it to data that has the target column: transform such data.");
        }
        var column = schema.Find(role, name);
        InputType.Of(column).RequireKeys(role, name);
        return column;
    }

    private static void RequireSameTerms(DataViewSchema.Column outputs, DataViewSchema.Column targets)
    {
        string[] first = KeyColumn.TextsOf(outputs) ?? [], second = KeyColumn.TextsOf(targets) ?? [];
        if (KeyReading.KeyCount(outputs) == KeyReading.KeyCount(targets) && first.SequenceEqual(second)) return;
        throw SchemaErrors.Mismatch("target tokens", targets.Name, $"keys of the values that '{outputs.Name}' has", "keys of others",
            "Measure columns that one model made, or that were indexed in one step.");
    }
}
