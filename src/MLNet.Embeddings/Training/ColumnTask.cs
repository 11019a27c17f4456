using System.Runtime.InteropServices;
using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>The training of a network over columns for its labels.</summary>
/// <param name="network">The network.</param>
/// <param name="objective">What it is trained for.</param>
/// <param name="scales">Scale of each number column, by position; null for other columns.</param>
/// <param name="labels">The labels as the options name them.</param>
internal sealed class ColumnTask(ILearningNetwork network, NetworkObjective objective, IReadOnlyList<NumberScale?> scales, IEnumerable<LabelColumn> labels) : LearningTask
{
    internal override ITrainableNetwork Network => network;

    internal override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("columns, head or labels", CheckpointSettings.Hash(JsonSerializer.SerializeToUtf8Bytes(network.Shape, NetworkJson.Default.NetworkShape))),
        ("numbers of the data", CheckpointSettings.Hash([.. scales.SelectMany(scale => scale?.Arrays ?? []).SelectMany(array => MemoryMarshal.AsBytes<float>(array.Values).ToArray())])),
        (nameof(MultiEmbeddingOptions.Labels), string.Join(", ", labels)),
    ];

    internal override double WeightOf(RowBatch batch) => batch.Weights.Sum();

    internal override double Learn(RowBatch batch, double done) => network.Learn(batch, objective.Loss);

    internal override (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(IEnumerable<RowBatch> batches)
    {
        var loss = new WeightedMean();
        var judged = new ScoredRows(objective);
        foreach (var batch in batches)
        {
            float[] output = network.Score(batch);
            loss.Add(objective.Loss(output, batch, 0, []), WeightOf(batch));
            judged.Add(output, batch);
        }
        return (loss.Value, judged.Measure());
    }

    internal override TrainedNetwork Export() => TrainedNetwork.Of(network.Shape, network.Arrays().Select(array => (array.Name, array.Values)).Concat(NumberArrays()));

    private IEnumerable<(string Name, float[] Values)> NumberArrays() => network.Shape.Columns.Zip(scales)
        .SelectMany(column => column.Second?.Arrays.Select(array => (column.First.WeightName(array.Part), array.Values)) ?? []);
}
