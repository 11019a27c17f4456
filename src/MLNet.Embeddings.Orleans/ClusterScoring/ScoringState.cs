namespace MLNet.Embeddings;

/// <summary>What is kept of a run, so that it goes on where it was, on whatever silo.</summary>
[GenerateSerializer]
internal sealed class ScoringState
{
    /// <summary>A run of its own number whenever all begins anew.</summary>
    [Id(0)] public string Run { get; set; } = "";

    /// <summary>What tells runs apart that do not do the same.</summary>
    [Id(1)] public string Key { get; set; } = "";

    /// <summary>What is to be done.</summary>
    [Id(2)] public ScoringRequest Request { get; set; } = null!;

    /// <summary>How the shards are read: where that changes, so may scores.</summary>
    [Id(3)] public string Reading { get; set; } = "";

    /// <summary>The shards that are done.</summary>
    [Id(4)] public List<DoneShard> Done { get; set; } = [];

    /// <summary>Files of an earlier run into the same folder, which go.</summary>
    [Id(5)] public List<string> Obsolete { get; set; } = [];

    /// <summary>Where it stands.</summary>
    [Id(6)] public ScoringPhase Phase { get; set; }

    /// <summary>Why it has failed.</summary>
    [Id(7)] public ClusterFault? Fault { get; set; }

    /// <summary>The shards; none before they are found.</summary>
    [Id(8)] public string[] Names { get; set; } = [];

    /// <summary>How often it was begun or taken up again by a client.</summary>
    [Id(10)] public int Attempt { get; set; }

    /// <summary>Which silo has a shard in hand: another coordinator asks that one for it.</summary>
    [Id(9)] public Dictionary<string, string> InHand { get; set; } = [];
}

/// <summary>A shard that is done.</summary>
/// <param name="File">What was written.</param>
/// <param name="Folder">The folder that it is in: <see cref="FolderIdentity"/>.</param>
[GenerateSerializer, Immutable]
internal sealed record DoneShard(ScoredFile File, string Folder);
