namespace MLNet.Embeddings;

/// <summary>Reads sources and targets of a cursor's rows.</summary>
/// <param name="source">Reads the source of the current row.</param>
/// <param name="target">Reads its target; null where that is not wanted.</param>
internal sealed class SequenceReader(KeyReading.SequenceGetter source, KeyReading.SequenceGetter? target)
{
    internal SequenceBuffer Sources { get; } = new();

    internal SequenceBuffer Targets { get; } = new();

    /// <summary>Takes the row that the cursor stands on.</summary>
    internal void Read(int index)
    {
        Sources.Set(index, source());
        if (target is not null) Targets.Set(index, target());
    }
}
