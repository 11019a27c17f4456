namespace MLNet.Embeddings;

/// <summary>What is to be scored, and where to.</summary>
/// <param name="Model">Key of the content that holds the model.</param>
/// <param name="Shards">The rows.</param>
/// <param name="Output">Folder of the scores, under the data folder.</param>
/// <param name="Format">The <see cref="TableFormat"/> of the scores.</param>
/// <param name="Kept">Columns to keep.</param>
[GenerateSerializer, Immutable]
internal sealed record ScoringRequest(string Model, Shards Shards, string Output, int Format, string[] Kept);

/// <summary>Where a run stands.</summary>
internal enum ScoringPhase
{
    /// <summary>It is not known here.</summary>
    Unknown,

    /// <summary>It is at work.</summary>
    Running,

    /// <summary>All shards are done.</summary>
    Done,

    /// <summary>It cannot be done; what is done stays.</summary>
    Failed,

    /// <summary>Somebody ended it; what is done stays.</summary>
    Cancelled,
}

/// <summary>What a client is told of a run.</summary>
/// <param name="Phase">Where it stands.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Fault">What is wrong, where it has failed.</param>
/// <param name="Files">What it has written, where it is done.</param>
[GenerateSerializer, Immutable]
internal sealed record ScoringStatus(ScoringPhase Phase, ProgressMessage Progress, ClusterFault? Fault, ScoredFile[] Files);

/// <summary><see cref="ScoringProgress"/> as it is sent.</summary>
[GenerateSerializer, Immutable]
internal readonly record struct ProgressMessage(int Shards, int ShardsDone, long Rows, double RowsPerSecond, TimeSpan? Remaining)
{
    internal ScoringProgress Progress => new(Shards, ShardsDone, Rows, RowsPerSecond, Remaining);
}
