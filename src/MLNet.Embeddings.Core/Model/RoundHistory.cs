namespace MLNet.Embeddings;

/// <summary>How a network was trained by many workers; where the coordinator was lost, since another one went on.</summary>
public sealed record RoundHistory
{
    /// <summary>Number of workers.</summary>
    public required int Workers { get; init; }

    /// <summary>Number of rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Bytes of the network's weights.</summary>
    public required long ModelBytes { get; init; }

    /// <summary>Bytes that went to a worker in a round, in the mean.</summary>
    public required double BytesSent { get; init; }

    /// <summary>Bytes that came from a worker in a round, in the mean.</summary>
    public required double BytesReceived { get; init; }

    /// <summary>How often a worker was lost, and another one took its rows.</summary>
    public required int LostWorkers { get; init; }

    /// <summary>How often what a worker had learned in a round was dropped, as it took too long.</summary>
    public required int DroppedRounds { get; init; }
}
