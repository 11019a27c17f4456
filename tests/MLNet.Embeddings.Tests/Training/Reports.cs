namespace MLNet.Embeddings.Tests;

/// <summary>Takes progress reports on the thread that trains, and may answer them.</summary>
internal sealed class Reports(Action<TrainingProgress>? answer = null) : IProgress<TrainingProgress>
{
    internal List<TrainingProgress> Taken { get; } = [];

    /// <summary>Those of the networks of a model whose fit has come to its end, which the last report tells.</summary>
    internal TrainingProgress[] OfNetworks => [.. Taken[..^1].Where(report => report.Phase == TrainingPhase.Training)];

    public void Report(TrainingProgress value)
    {
        Taken.Add(value);
        answer?.Invoke(value);
    }
}
