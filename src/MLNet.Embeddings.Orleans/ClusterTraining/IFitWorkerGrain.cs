namespace MLNet.Embeddings;

/// <summary>A worker of a fit, on the silo that its key names.</summary>
internal interface IFitWorkerGrain : IGrainWithStringKey
{
    /// <summary>Gives it its rows.</summary>
    Task Open(Shards shards, string[] names, int number);

    /// <summary>Takes a piece of a message that is longer than one.</summary>
    Task Put(int id, int offset, int length, [Immutable] MessageBuffer piece);

    /// <summary>Begins what is asked for, unless it has begun, and waits for it for some seconds.</summary>
    /// <param name="id">Number of the call.</param>
    /// <param name="call">What is asked for.</param>
    /// <param name="message">What that is about; null where it was put before.</param>
    Task<FitAnswer> Ask(int id, WorkerCall call, [Immutable] MessageBuffer? message);

    /// <summary>The rest of an answer that is longer than a piece.</summary>
    Task<FitAnswer> Get(int id, int offset);

    /// <summary>Ends what it does.</summary>
    Task Stop();

    /// <summary>Frees all it has.</summary>
    Task Close();
}

/// <summary>What a worker says to a call.</summary>
/// <param name="State">Whether there is an answer.</param>
/// <param name="RowsRead">Rows read in the pass at hand.</param>
/// <param name="Length">Bytes of the answer.</param>
/// <param name="Piece">The first of them.</param>
/// <param name="Fault">What went wrong; null for nothing.</param>
[GenerateSerializer, Immutable]
internal sealed record FitAnswer(AnswerState State, long RowsRead, int Length, MessageBuffer? Piece, ClusterFault? Fault)
{
    /// <summary>Bytes of a message at most: below the 100 MB of Orleans, and above those of most rounds, which then are one call.</summary>
    internal const int PieceBytes = MessageBuffer.MostKept;

    internal static FitAnswer Of(AnswerState state, long rowsRead = 0) => new(state, rowsRead, 0, null, null);
}

/// <summary>Whether a worker has an answer.</summary>
internal enum AnswerState
{
    /// <summary>It is at it.</summary>
    Working,

    /// <summary>It has done it.</summary>
    Done,

    /// <summary>It failed.</summary>
    Failed,

    /// <summary>It has no rows, as it is new.</summary>
    IsNew,

    /// <summary>It does not have what the call goes on from.</summary>
    Lost,
}
