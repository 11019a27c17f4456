namespace MLNet.Embeddings;

/// <summary>What a <see cref="TrainingLoop"/> trains: a network, what it is trained for, and what of it is kept.</summary>
internal abstract class LearningTask
{
    /// <summary>The network.</summary>
    internal abstract ITrainableNetwork Network { get; }

    /// <summary>What must stay the same for a training to go on bit for bit, by name, beside the options that all trainings share.</summary>
    internal abstract IEnumerable<(string Name, string Value)> Settings { get; }

    /// <summary>The weight of a batch's loss beside those of others.</summary>
    internal abstract double WeightOf(RowBatch batch);

    /// <summary>Adds the gradients of a batch's mean loss to those of the network.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="done">Share of all steps that is done, from 0 to 1.</param>
    /// <returns>The batch's loss, weighted.</returns>
    internal abstract double Learn(RowBatch batch, double done);

    /// <summary>The mean loss over validation rows, and metrics.</summary>
    internal abstract (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(IEnumerable<RowBatch> batches);

    /// <summary>The arrays of a model, as they are now.</summary>
    internal abstract TrainedArrays Export();
}
