using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Measures how well the outputs in a data view agree with their targets.</summary>
internal static class SequenceEvaluator
{
    private const string Transform = "Correct the name, or give data that the model has transformed.";

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
        DataViewSchema.Column? probabilities = logProbability is null ? null : FindProbability(view.Schema, logProbability);

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
        if (rows == 0)
            throw new InvalidOperationException($"None of the {skipped} rows has tokens in the target column '{target}'; measuring needs rows with a target.");
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
        var column = schema.Find(role, name, name.EndsWith(OutputColumns.TargetTokens, StringComparison.Ordinal)
            ? "The model adds it to data that has the target column: transform such data."
            : Transform);
        var type = InputType.Of(column);
        return type.IsSequence ? column : throw SchemaErrors.Mismatch(role, name, "Vector<Key>", type.Description,
            "Measure the columns of tokens that the model adds, or others of keys that were indexed in the same step.");
    }

    private static DataViewSchema.Column FindProbability(DataViewSchema schema, string name)
    {
        const string Role = "target log-probability";
        var column = schema.Find(Role, name, Transform);
        return column.Type.Equals(NumberDataViewType.Single) ? column : throw SchemaErrors.Mismatch(Role, name, "Single", $"{column.Type}",
            "Name the column that the model adds, or leave it out.");
    }

    private static void RequireSameTerms(DataViewSchema.Column outputs, DataViewSchema.Column targets)
    {
        string[] first = KeyColumn.TextsOf(outputs) ?? [], second = KeyColumn.TextsOf(targets) ?? [];
        if (KeyReading.KeyCount(outputs) == KeyReading.KeyCount(targets) && first.SequenceEqual(second)) return;
        throw SchemaErrors.Mismatch("target tokens", targets.Name, $"keys of the values that '{outputs.Name}' has", "keys of others",
            "Measure columns that one model made, or that were indexed in one step.");
    }
}

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

/// <summary>Counts what BLEU is made of (Papineni et al. 2002): runs of one to four tokens, and lengths, over all rows.</summary>
internal sealed class BleuCounter
{
    private const int LongestRun = 4;

    private readonly long[] _right = new long[LongestRun], _runs = new long[LongestRun];
    private readonly Dictionary<(int, int, int, int), int> _counts = [];
    private long _outputTokens, _targetTokens;

    internal void Add(ReadOnlySpan<int> output, ReadOnlySpan<int> target)
    {
        _outputTokens += output.Length;
        _targetTokens += target.Length;
        for (int length = 1; length <= LongestRun && length <= output.Length; length++)
        {
            _counts.Clear();
            for (int start = 0; start + length <= target.Length; start++)
            {
                var run = Run(target.Slice(start, length));
                _counts[run] = _counts.GetValueOrDefault(run) + 1;
            }
            for (int start = 0; start + length <= output.Length; start++)
            {
                // A run counts as right as often as the target has it, and no more ("clipped").
                var run = Run(output.Slice(start, length));
                _runs[length - 1]++;
                if (_counts.GetValueOrDefault(run) is not (> 0 and var left)) continue;
                _counts[run] = left - 1;
                _right[length - 1]++;
            }
        }
    }

    internal double Value
    {
        get
        {
            if (_right.Contains(0)) return 0;
            double logPrecision = _right.Zip(_runs, (right, runs) => Math.Log((double)right / runs)).Average();
            double logPenalty = Math.Min(0, 1 - (double)_targetTokens / _outputTokens);
            return Math.Exp(logPrecision + logPenalty);
        }
    }

    /// <summary>A run as a key; no token is 0.</summary>
    private static (int, int, int, int) Run(ReadOnlySpan<int> tokens) =>
        (tokens[0], tokens.Length > 1 ? tokens[1] : 0, tokens.Length > 2 ? tokens[2] : 0, tokens.Length > 3 ? tokens[3] : 0);
}
