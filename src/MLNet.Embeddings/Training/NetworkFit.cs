using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Trains one network on rows that were read.</summary>
/// <param name="environment">The context.</param>
/// <param name="options">The settings; its columns are those that the network reads.</param>
/// <param name="labels">The labels as the options name them.</param>
/// <param name="namesLabels">True if the names of score columns begin with that of their label.</param>
internal sealed class NetworkFit(IHostEnvironment environment, MultiEmbeddingOptions options, IReadOnlyList<LabelColumn> labels, bool namesLabels)
{
    /// <param name="data">The rows.</param>
    /// <param name="objective">What is learned.</param>
    /// <param name="vectors">The pretrained vectors that tables begin with.</param>
    /// <param name="previous">The network to go on from; null to begin anew.</param>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="log">Takes messages.</param>
    /// <param name="isPart">Whether the fit has other parts.</param>
    internal (TrainedNetwork Network, TrainingHistory History) Train(
        FitData data, NetworkObjective objective, VectorTables vectors, TrainedNetwork? previous, int seed, FitLog log, bool isPart = false)
    {
        var warmStart = previous is null ? null : new WarmStart(previous);
        var shape = Shape(vectors, data.Columns, data.Scales, objective, previous);
        if (warmStart is not null)
        {
            shape = warmStart.Adopt(shape, data.Columns);
            objective = warmStart.Adopt(objective);
            shape = shape with { Labels = [.. objective.Labels.Select(label => label.Shape)] };
            data.Use(warmStart.Scales);
        }
        var initial = ColumnNetwork.Draw(shape, seed, vectors.Starts);
        if (warmStart is not null) initial = warmStart.LaidOver(initial);
        var fixedArrays = initial.Where(array => !array.Value.IsTrained).Select(array => (array.Key, array.Value.Values)).ToArray();
        using var network = Engine.Open(shape, initial, options.EngineSettings(seed), options.EngineChoice(environment, log));
        var learner = new ColumnLearner(network, objective, data.Scales, labels, fixedArrays);
        var trainee = new LearnerTrainee(learner, data, options, seed);
        var (weights, history) = new TrainingLoop(trainee, options, CheckpointKeeper.Of(options, trainee, log), log, isPart).Run();
        return (new TrainedNetwork(shape, weights), history);
    }

    /// <summary>The form of the network.</summary>
    /// <param name="vectors">The pretrained vectors that tables begin with.</param>
    /// <param name="columns">The columns, which need not have rows.</param>
    /// <param name="scales">Scale of each number column, by position; null for other columns.</param>
    /// <param name="objective">What is learned.</param>
    /// <param name="previous">The network to go on from; null to begin anew.</param>
    /// <exception cref="InvalidOperationException">An array would have more numbers than can be in one.</exception>
    internal NetworkShape Shape(
        VectorTables vectors, IReadOnlyList<ColumnData> columns, IReadOnlyList<NumberScale?> scales, NetworkObjective objective,
        TrainedNetwork? previous = null)
    {
        var shape = new NetworkShape(
            [.. options.Columns.Select((column, i) => ShapeOf(column, vectors, columns[i], scales[i], previous))],
            new HeadShape([.. options.HiddenUnits], options.Combination, options.Activation, options.Normalization, options.EnsembleSize),
            [.. objective.Labels.Select(label => label.Shape)],
            namesLabels);
        shape.RequireSizes();
        return shape;
    }

    /// <summary>Length of a column's vectors: where it is left out, that of the earlier network, whose table goes on with more keys.</summary>
    private int Dimensions(EmbeddingColumn column, VectorTables vectors, int keyCount, TrainedNetwork? previous) =>
        vectors.DimensionsOf(column)
        ?? (column.Dimensions is null ? previous?.Shape.Columns.OfType<EmbeddingShape>().FirstOrDefault(known => known.Name == column.Name)?.Dimensions : null)
        ?? SharedTables.DimensionsOf(column, options.Columns, keyCount);

    private ColumnShape ShapeOf(InputColumn column, VectorTables vectors, ColumnData data, NumberScale? scale, TrainedNetwork? known) => (column, data) switch
    {
        (EmbeddingColumn given, TermData { KeyCount: var count, Terms: var terms }) => KeysOf(given, count, Dimensions(given, vectors, count, known)) with
        {
            SharedTable = given.Table,
            Terms = terms?.Checksum(count),
        },
        (NumberColumn given, NumberData numbers) =>
            new NumberShape(given.Name, numbers.Size, scale!.HasMissing, numbers.Encoder, scale.KnotCounts) { IsDouble = true },
        _ => throw new UnreachableException(column.ToString()),
    };

    private static EmbeddingShape KeysOf(EmbeddingColumn column, int count, int dimensions) => column switch
    {
        CategoryColumn => new CategoryShape(column.Name, count, dimensions),
        BagColumn bag => new BagShape(column.Name, count, dimensions, bag.Pooling),
        SequenceColumn sequence => new SequenceShape(column.Name, count, dimensions, sequence.Encoder),
        _ => throw new UnreachableException(column.ToString()),
    };
}
