namespace MLNet.Embeddings;

/// <summary>The wide part of a model on the straight line from the baseline's features to those of a row. Belongs to one thread.</summary>
internal sealed class AttributedWide
{
    private readonly WideShape _shape;
    private readonly WideFeatures[] _columns;
    private readonly float[][] _weights;
    private readonly ColumnBatch[] _baselineRow;
    private readonly double[] _baseline, _differences;
    private readonly SparseRow _features = new();

    internal AttributedWide(TrainedWide wide)
    {
        _shape = wide.Shape;
        _columns = [.. _shape.Columns.Select((column, i) => WideFeatures.Of(column, i, 0, name => wide.Weights[name].Values))];
        _weights = [.. _shape.Columns.Select(column => wide.Weights[column.Weights].Values)];
        _baselineRow = [.. _shape.Inputs.Select(column => (ColumnBatch)(column switch
        {
            WideNumbers numbers => Baselines.Of(numbers.Scale(wide)),
            WideTerms => Baselines.Empty,
            _ => Baselines.Category,
        }))];
        (_baseline, _differences) = (new double[_shape.Outputs], new double[_columns.Length * _shape.Outputs]);
        float[] bias = wide.Weights[WideShape.Bias].Values;
        for (int output = 0; output < bias.Length; output++) _baseline[output] = bias[output];
        for (int column = 0; column < _columns.Length; column++) AddOutputs(column, _baselineRow, 1, _baseline);
    }

    /// <summary>Takes a row.</summary>
    internal void Read(ColumnBatch[] row)
    {
        Array.Clear(_differences);
        for (int column = 0; column < _columns.Length; column++)
        {
            AddOutputs(column, row, 1, DifferencesOf(column));
            AddOutputs(column, _baselineRow, -1, DifferencesOf(column));
        }
    }

    /// <summary>What it says at a point of the line.</summary>
    internal void Score(double point, Span<double> outputs)
    {
        _baseline.CopyTo(outputs);
        for (int i = 0; i < _differences.Length; i++) outputs[i % _shape.Outputs] += point * _differences[i];
    }

    /// <summary>What each column adds from the baseline to the row; a crossed one adds to the two that it is made of, half each.</summary>
    /// <param name="slopes">How fast the score rises with the outputs.</param>
    internal double[] Shares(ReadOnlySpan<double> slopes)
    {
        double[] shares = new double[_baselineRow.Length];
        for (int column = 0; column < _columns.Length; column++)
        {
            double share = 0;
            var differences = DifferencesOf(column);
            for (int output = 0; output < slopes.Length; output++) share += differences[output] * slopes[output];
            if (_shape.Columns[column] is WideCross cross)
            {
                shares[cross.First] += share / 2;
                shares[cross.Second] += share / 2;
            }
            else shares[column] += share;
        }
        return shares;
    }

    /// <summary>What each token of a column of terms adds: a term's share, dealt out to its tokens; empty for other columns.</summary>
    /// <param name="column">Number of the column.</param>
    /// <param name="row">The row.</param>
    /// <param name="slopes">How fast the score rises with the outputs.</param>
    internal double[] TokensOf(int column, ColumnBatch[] row, ReadOnlySpan<double> slopes)
    {
        if (_shape.Columns[column] is not WideTerms) return [];
        var bag = (SequenceBatch)row[column];
        var keys = bag.TermOfToken.AsSpan(0, bag.Lengths[0]);
        Take(column, row);
        Dictionary<int, double> shareOf = [];
        for (int i = 0; i < _features.Count; i++)
        {
            double share = 0;
            for (int output = 0; output < slopes.Length; output++) share += _weights[column][_features.Features[i] * slopes.Length + output] * slopes[output];
            shareOf[_features.Features[i]] = share * _features.Values[i];
        }
        Dictionary<int, int> countOf = [];
        foreach (int key in keys) countOf[key] = countOf.GetValueOrDefault(key) + 1;
        double[] tokens = new double[keys.Length];
        for (int i = 0; i < tokens.Length; i++) tokens[i] = shareOf.GetValueOrDefault(keys[i]) / countOf[keys[i]];
        return tokens;
    }

    private Span<double> DifferencesOf(int column) => _differences.AsSpan(column * _shape.Outputs, _shape.Outputs);

    private void Take(int column, ColumnBatch[] row)
    {
        _columns[column].Begin(row, 0);
        _features.Clear();
        _columns[column].Add(row, 0, _features);
    }

    private void AddOutputs(int column, ColumnBatch[] row, int sign, Span<double> outputs)
    {
        Take(column, row);
        for (int i = 0; i < _features.Count; i++)
        {
            var weights = _weights[column].AsSpan(_features.Features[i] * outputs.Length, outputs.Length);
            for (int output = 0; output < outputs.Length; output++) outputs[output] += sign * (double)_features.Values[i] * weights[output];
        }
    }
}
