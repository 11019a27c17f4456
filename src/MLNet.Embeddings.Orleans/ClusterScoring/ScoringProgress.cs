namespace MLNet.Embeddings;

/// <summary>How far scoring on a cluster is.</summary>
/// <param name="Shards">Number of shards.</param>
/// <param name="ShardsDone">How many of them are done, by earlier calls as well.</param>
/// <param name="Rows">Rows that are scored.</param>
/// <param name="RowsPerSecond">Rows a second, since the run was begun or taken up again.</param>
/// <param name="Remaining">Time to the end, where the other shards have as many rows as those that are done; null before one is.</param>
public sealed record ScoringProgress(int Shards, int ShardsDone, long Rows, double RowsPerSecond, TimeSpan? Remaining);

/// <summary>What was scored on a cluster.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Shards">Number of shards.</param>
/// <param name="Duration">Time that this call took.</param>
/// <param name="Files">The files of scores, in the order of the shards' names.</param>
public sealed record ScoringResult(long Rows, int Shards, TimeSpan Duration, IReadOnlyList<ScoredFile> Files);

/// <summary>A file of scores.</summary>
/// <param name="Shard">The shard that it is of.</param>
/// <param name="Path">Where it is, under the data folder of the silo.</param>
/// <param name="Rows">Number of its rows.</param>
/// <param name="Silo">Address of the silo that wrote it; where all silos share a folder, each has it.</param>
[GenerateSerializer, Immutable]
public sealed record ScoredFile(string Shard, string Path, long Rows, string Silo);
