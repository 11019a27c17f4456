using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Networks made by hand or of reproducible random weights, without training.</summary>
internal static class Networks
{
    internal static TrainingHistory History { get; } = new()
    {
        Epochs =
        [
            new EpochResult
            {
                Epoch = 1, TrainingLoss = 0.7, ValidationLoss = 0.6,
                Metrics = [new("Accuracy", 0.5)], LearningRate = 0.01, Duration = TimeSpan.FromSeconds(1.5),
            },
            new EpochResult
            {
                Epoch = 2, TrainingLoss = 0.4, ValidationLoss = 0.65,
                Metrics = [new("Accuracy", double.NaN)], LearningRate = 0.005, Duration = TimeSpan.FromMilliseconds(20),
            },
        ],
        BestEpoch = 1,
        StopReason = StopReason.NoImprovement,
        TrainingRows = 90,
        ValidationRows = 10,
        SkippedRows = 2,
    };

    /// <summary>The label of networks of one logit.</summary>
    internal static IReadOnlyList<LabelShape> Labels { get; } = [new BinaryLabelShape("Label")];

    /// <summary>What such networks train for.</summary>
    internal static NetworkObjective Objective { get; } = new([new BinaryObjective(LabelColumn.Binary("Label"), [1, 1])], NamesLabels: false);

    /// <summary>All of a history as text.</summary>
    internal static string Text(TrainingHistory history) =>
        JsonSerializer.Serialize(new SavedNetwork(new NetworkShape([], new HeadShape([]), []), history), NetworkJson.Default.SavedNetwork);

    /// <summary>A network of every kind of column, for rows of type <see cref="NetworkRow"/>.</summary>
    internal static TrainedNetwork OfEveryKind(int seed = 2) => Random(seed, [4, 3],
        new CategoryShape(nameof(NetworkRow.Category), KeyCount: 3, Dimensions: 2),
        new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 3, SequenceEncoder.Gru(2)),
        new SequenceShape(nameof(NetworkRow.Mean), KeyCount: 5, Dimensions: 3, SequenceEncoder.Mean()),
        new SequenceShape(nameof(NetworkRow.Max), KeyCount: 5, Dimensions: 3, SequenceEncoder.Max()),
        new SequenceShape(nameof(NetworkRow.Attention), KeyCount: 5, Dimensions: 3, SequenceEncoder.Attention()),
        new BagShape(nameof(NetworkRow.Bag), KeyCount: 5, Dimensions: 3, BagPooling.Mean),
        new NumberShape(nameof(NetworkRow.Numbers), Size: 2, MissingIndicator: true));

    internal static MultiEmbeddingTransformer Transformer(TrainedNetwork network) => new([], new(network), History);

    /// <summary>A network of reproducible random weights.</summary>
    internal static TrainedNetwork Random(int seed, int[] hiddenUnits, params ColumnShape[] columns) =>
        Random(seed, new NetworkShape(columns, new HeadShape(hiddenUnits), Labels));

    /// <inheritdoc cref="Random(int, int[], ColumnShape[])"/>
    internal static TrainedNetwork Random(int seed, NetworkShape shape)
    {
        var random = new Random(seed);
        var weights = new Dictionary<string, WeightArray>();
        foreach (var (name, extents) in shape.Weights())
        {
            float[] values = new float[extents.Aggregate(1, (product, extent) => product * extent)];
            for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle() * 2 - 1;
            if (name.EndsWith("deviation", StringComparison.Ordinal) || shape.Head.Variances.Contains(name))
            {
                for (int i = 0; i < values.Length; i++) values[i] += 1.5f;
            }
            weights.Add(name, new WeightArray(extents, values));
        }
        foreach (var number in shape.Columns.OfType<NumberShape>())
        {
            foreach (string rising in new[] { number.Knots, number.Heights }.Where(weights.ContainsKey))
            {
                int start = 0;
                foreach (int count in number.KnotCounts)
                {
                    weights[rising].Values.AsSpan(start, count).Sort();
                    start += count;
                }
            }
        }
        foreach (var padded in shape.Tables.Where(table => table.IsPadded)) weights[padded.Name].Values.AsSpan(0, padded.Dimensions).Clear();
        return new TrainedNetwork(shape, weights);
    }

    /// <summary>A network whose score is one number of its only column's vector.</summary>
    internal static TrainedNetwork Revealing(int index, ColumnShape column, params (string Name, float[] Values)[] arrays)
    {
        var shape = new NetworkShape([column], new HeadShape([]), Labels);
        var given = arrays.ToDictionary(array => array.Name, array => array.Values);
        float[] selection = new float[column.OutputSize];
        selection[index] = 1;
        given[HeadShape.LayerWeights(0)] = selection;
        given[HeadShape.LayerBias(0)] = [0];
        var weights = shape.Weights().ToDictionary(weight => weight.Name, weight => new WeightArray(weight.Extents, given[weight.Name]));
        var network = new TrainedNetwork(shape, weights);
        Assert.IsNull(network.Mismatch());
        return network;
    }

    /// <summary>The scores of all rows of a view.</summary>
    internal static float[] Score(TrainedNetwork network, IDataView rows) => Scores(Transformer(network).Transform(rows));

    /// <summary>The score column of a view.</summary>
    internal static float[] Scores(IDataView view) => [.. view.GetColumn<float>("Score")];
}
