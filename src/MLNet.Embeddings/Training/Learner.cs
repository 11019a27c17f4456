using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>What a <see cref="LearnerTrainee"/> trains: a network, what it is trained for, and what of it is kept.</summary>
internal abstract class Learner
{
    /// <summary>The network.</summary>
    internal abstract ITrainable Network { get; }

    /// <summary>What must stay the same for a training to go on bit for bit, by name, beside the options that all trainings share.</summary>
    internal abstract IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>The weight of a batch's loss beside those of others.</summary>
    internal abstract double WeightOf(RowBatch batch);

    /// <summary>Forward and backward of a batch, whose gradients the network keeps for its next step.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="done">Share of all steps that is done, from 0 to 1.</param>
    /// <param name="step">Number of the step, from 0.</param>
    /// <returns>The batch's loss, weighted.</returns>
    internal abstract double Learn(RowBatch batch, double done, long step);

    /// <summary>Measures what belongs to the weights and is not learned by gradients, where the moving average has taken the place of the weights.</summary>
    /// <param name="batches">Rows to train on.</param>
    internal virtual void Measure(IEnumerable<RowBatch> batches) { }

    /// <summary>The mean loss over validation rows, and metrics.</summary>
    internal abstract (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(IEnumerable<RowBatch> batches);

    /// <summary>The arrays of a model, as they are now.</summary>
    internal abstract TrainedArrays Export();
}

/// <summary>Learns the labels of rows by a network over columns.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">What it is trained for.</param>
/// <param name="scales">Scale of each number column, by position; null for other columns.</param>
/// <param name="labels">The labels as the options name them.</param>
/// <param name="fixedArrays">The arrays that stay as they are, by name.</param>
internal sealed class ColumnLearner(
    ITrainableColumns network, NetworkObjective objective, IReadOnlyList<NumberScale?> scales, IEnumerable<LabelColumn> labels,
    IEnumerable<(string Name, float[] Values)> fixedArrays) : Learner
{
    private float[] _scores = [];

    internal override ITrainable Network => network;

    internal override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("vectors that stay as they are", string.Join(", ", fixedArrays.Select(array => $"{array.Name} {CheckpointSettings.Hash([array.Values])}"))),
        ("columns, head or labels", CheckpointSettings.Hash(JsonSerializer.SerializeToUtf8Bytes(network.Shape, NetworkJson.Default.NetworkShape))),
        ("numbers of the data", CheckpointSettings.Hash(scales.SelectMany(scale => scale?.Arrays ?? []).Select(array => array.Values))),
        (nameof(MultiEmbeddingOptions.Labels), CheckpointSettings.Text(labels)),
    ];

    internal override double WeightOf(RowBatch batch) => batch.Weights.Sum();

    internal override double Learn(RowBatch batch, double done, long step) => network.Learn(batch, objective.Loss);

    internal override void Measure(IEnumerable<RowBatch> batches)
    {
        if (network.HasStatistics) network.EstimateStatistics(batches);
    }

    internal override (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(IEnumerable<RowBatch> batches)
    {
        var judgement = Judge(batches, new Judgement(objective));
        return (judgement.Loss, judgement.Metrics);
    }

    /// <summary>Judges rows as after training.</summary>
    /// <param name="batches">The rows.</param>
    /// <param name="judgement">Takes what they cost.</param>
    internal Judgement Judge(IEnumerable<RowBatch> batches, Judgement judgement)
    {
        foreach (var batch in batches)
        {
            int count = checked(batch.RowCount * objective.Outputs);
            if (_scores.Length < count) _scores = new float[count];
            var scores = _scores.AsSpan(0, count);
            network.Score(batch, scores);
            judgement.Add(scores, batch, WeightOf(batch));
        }
        return judgement;
    }

    internal override TrainedNetwork Export() => TrainedNetwork.Of(network.Shape, network.Export().Concat(network.Shape.NumberArrays(scales)));
}

/// <summary>What validation rows say of a network.</summary>
/// <param name="objective">What it is trained for.</param>
internal sealed class Judgement(NetworkObjective objective) : IMergeable
{
    private readonly NetworkMetrics _metrics = new(objective);
    private readonly ExactSum _loss = new(), _weight = new();

    /// <summary>The mean loss.</summary>
    internal double Loss => _weight.Value > 0 ? _loss.Value / _weight.Value : 0;

    internal IReadOnlyList<MetricValue> Metrics => _metrics.Measure();

    /// <param name="scores">The network's outputs: rows × outputs.</param>
    /// <param name="batch">The rows.</param>
    /// <param name="weight">What they weigh.</param>
    internal void Add(ReadOnlySpan<float> scores, RowBatch batch, double weight)
    {
        _loss.Add(objective.Loss(scores, batch, 0, []));
        _weight.Add(weight);
        _metrics.Add(scores, batch);
    }

    public void Write(BinaryWriter writer)
    {
        _loss.Write(writer);
        _weight.Write(writer);
        _metrics.Write(writer);
    }

    public void Merge(BinaryReader reader)
    {
        _loss.Merge(reader);
        _weight.Merge(reader);
        _metrics.Merge(reader);
    }
}

/// <summary>A mean of weighted values, added up one after the other.</summary>
internal sealed class WeightedMean
{
    /// <summary>The values' sum, each times its weight.</summary>
    internal double Sum { get; private set; }

    /// <summary>Sum of the weights.</summary>
    internal double Weight { get; private set; }

    internal double Value => Weight > 0 ? Sum / Weight : 0;

    internal void Add(double weightedSum, double weight)
    {
        Sum += weightedSum;
        Weight += weight;
    }
}
