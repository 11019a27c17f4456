using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The rows that an encoder-decoder can learn from: those with a source and a target that is not too long.</summary>
/// <param name="source">The source.</param>
/// <param name="sourceKeys">Name of the column of its keys.</param>
/// <param name="target">The target.</param>
/// <param name="targetKeys">Name of the column of its keys.</param>
/// <param name="longest">Most tokens of a target.</param>
internal sealed class PairRows(TokenColumn source, string sourceKeys, TokenColumn target, string targetKeys, int longest)
{
    private int _noSource, _noTarget, _longTarget;

    /// <summary>Reads the pairs; the label of a row is the number of its target's tokens.</summary>
    internal TrainingTableReader Reader => new(
        [new SequenceColumn(sourceKeys), new SequenceColumn(targetKeys) { IsTarget = true }],
        [new LabelSource(targetKeys, HasClasses: false, (row, _) => Open(row)) { DescribeNone = DescribeNone }], WeightColumnName: null);

    /// <summary>Why rows are left out, in words.</summary>
    internal string Reasons => $"their source '{source.Name}' or their target '{target.Name}' is empty, or their target has more than {longest} tokens";

    private Func<float> Open(DataViewRow row)
    {
        var sources = KeyReading.Sequence(row, row.Schema[sourceKeys], source.KeyCount);
        var targets = KeyReading.Sequence(row, row.Schema[targetKeys], target.KeyCount);
        return () =>
        {
            int length = targets().Length;
            if (length == 0) _noTarget++;
            else if (length > longest) _longTarget++;
            else if (sources().IsEmpty) _noSource++;
            else return length;
            return float.NaN;
        };
    }

    private string DescribeNone(int rows) =>
        $"None of the {rows} rows can be trained on: the target '{target.Name}' is empty in {_noTarget} and has more than {longest} tokens in {_longTarget}; " +
        $"of the others, {_noSource} have an empty source '{source.Name}'. Training needs rows with a source and a target.";
}
