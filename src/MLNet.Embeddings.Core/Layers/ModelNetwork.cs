using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>Computes some numbers for each row of a batch.</summary>
internal interface IRowNetwork
{
    /// <summary>Computes those of a batch.</summary>
    /// <param name="batch">The rows as the networks read them.</param>
    /// <param name="wideBatch">The rows as the wide part reads them; null without one.</param>
    void Score(RowBatch batch, RowBatch? wideBatch);

    /// <summary>Those of a row of the last batch; valid until the next.</summary>
    ReadOnlySpan<float> ScoresOf(int row);
}

/// <summary>A whole model: gives for the rows of a batch what its networks and its wide part say together. It keeps its memory from batch to batch.</summary>
internal sealed class ModelNetwork : IRowNetwork
{
    /// <summary>How many rows of the wide part are worth a thread.</summary>
    private const int WideRowsPerThread = 16;

    private readonly IReadOnlyList<LabelShape> _labels;
    private readonly ColumnNetwork[] _networks;
    private readonly WideNetwork[] _wide;
    private readonly IReadOnlyList<MixtureWeights> _mixture;
    private readonly int _outputs;
    private readonly Action<int, int, int> _scoreWide;
    private RowBatch? _wideBatch;
    private float[] _members = [], _wideScores = [], _scores = [];

    /// <param name="model">The model.</param>
    /// <param name="parameters">The parameters of each of its networks.</param>
    /// <param name="threads">How many threads may work.</param>
    internal ModelNetwork(TrainedModel model, IReadOnlyList<TrainedParameters> parameters, int threads)
    {
        _labels = model.Shape.Labels;
        _networks = [.. parameters.Select(one => new ColumnNetwork(model.Shape, one, threads, DropoutPlan.None))];
        _wide = model.Wide is { } wide ? [.. Enumerable.Range(0, threads).Select(_ => new WideNetwork(wide))] : [];
        (_mixture, _outputs) = (model.Mixture, model.Shape.Outputs);
        _scoreWide = (part, start, end) => _wide[part].Score(_wideBatch!, start, end, _wideScores);
    }

    /// <inheritdoc/>
    public void Score(RowBatch batch, RowBatch? wideBatch)
    {
        foreach (var network in _networks) network.Score(batch);
        if (_networks.Length == 1 && wideBatch is null) return;
        int rows = batch.RowCount, count = rows * _outputs;
        if (_scores.Length < count) (_scores, _wideScores) = (new float[count], new float[wideBatch is null ? 0 : count]);
        if (_members.Length < _networks.Length * _outputs) _members = new float[_networks.Length * _outputs];
        if (wideBatch is not null)
        {
            _wideBatch = wideBatch;
            Parts.Run(_wide.Length, rows, WideRowsPerThread, _scoreWide);
        }
        for (int row = 0; row < rows; row++)
        {
            var scores = _scores.AsSpan(row * _outputs, _outputs);
            for (int i = 0; i < _networks.Length; i++) _networks[i].ScoresOf(row).CopyTo(_members.AsSpan(i * _outputs));
            MemberAverage.Of(_labels, _members.AsSpan(0, _networks.Length * _outputs), scores);
            if (wideBatch is not null) Mixture.Mix(_labels, _mixture, scores, _wideScores.AsSpan(row * _outputs, _outputs));
        }
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> ScoresOf(int row) =>
        _networks.Length == 1 && _wide.Length == 0 ? _networks[0].ScoresOf(row) : _scores.AsSpan(row * _outputs, _outputs);
}

/// <summary>Mixes what networks and a wide part say: see <see cref="MixtureWeights"/>.</summary>
internal static class Mixture
{
    /// <param name="labels">What the outputs mean.</param>
    /// <param name="weights">The weights of each label.</param>
    /// <param name="scores">What the networks say together; receives the mixture.</param>
    /// <param name="wide">What the wide part says; may be overwritten.</param>
    internal static void Mix(IReadOnlyList<LabelShape> labels, IReadOnlyList<MixtureWeights> weights, Span<float> scores, Span<float> wide)
    {
        int start = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            int count = labels[i].Outputs;
            Span<float> ours = scores.Slice(start, count), theirs = wide.Slice(start, count);
            if (labels[i] is MulticlassLabelShape)
            {
                TensorPrimitives.Subtract(ours, (float)LogSumExp.Of(ours), ours);
                TensorPrimitives.Subtract(theirs, (float)LogSumExp.Of(theirs), theirs);
            }
            TensorPrimitives.Multiply(ours, weights[i].Networks, ours);
            TensorPrimitives.MultiplyAdd(theirs, weights[i].Wide, ours, ours);
            start += count;
        }
    }
}
