namespace MLNet.Embeddings.Tests;

/// <summary>Takes progress reports on the thread that trains, and may answer them.</summary>
internal sealed class Reports(Action<TrainingProgress>? answer = null) : IProgress<TrainingProgress>
{
    internal List<TrainingProgress> Taken { get; } = [];

    public void Report(TrainingProgress value)
    {
        Taken.Add(value);
        answer?.Invoke(value);
    }
}
