namespace MLNet.Embeddings;

/// <summary>A network over columns while it learns: of torch's modules, or without torch where its form allows that.</summary>
internal interface ILearningNetwork : ITrainableNetwork
{
    /// <summary>The network's form.</summary>
    NetworkShape Shape { get; }

    /// <summary>Adds the gradients of a batch's mean loss to those of the dense parameters and leaves those of the touched rows in the tables.</summary>
    /// <returns>The batch's loss.</returns>
    double Learn(RowBatch batch, BatchLoss loss);

    /// <summary>The scores of a batch as after training, with nothing dropped: rows × outputs.</summary>
    float[] Score(RowBatch batch);
}
