namespace MLNet.Embeddings;

/// <summary>Carries messages to the workers of a fit and back, wherever these are.</summary>
internal interface IWorkerTransport
{
    /// <summary>Number of workers.</summary>
    int Count { get; }

    /// <summary>Asks a worker.</summary>
    /// <param name="worker">Its number, from 0.</param>
    /// <param name="call">What for.</param>
    /// <param name="message">What to send.</param>
    /// <param name="cancellation">Ends the waiting, and what the worker does.</param>
    /// <returns>The answer, to be disposed of when it is read. Only then is the message not needed any more.</returns>
    /// <exception cref="WorkerLostException">The worker has lost what it was given, or another one has taken its place.</exception>
    Task<MessageBuffer> AskAsync(int worker, WorkerCall call, MessageBuffer message, CancellationToken cancellation);

    /// <summary>Rows that a worker has read in the pass at hand.</summary>
    long RowsRead(int worker);
}

/// <summary>A worker does not have what it was given before.</summary>
internal sealed class WorkerLostException : Exception
{
    public WorkerLostException() : base("The worker does not have what it was given before: another one has taken its place.") { }

    public WorkerLostException(string message) : base(message) { }

    public WorkerLostException(string message, Exception inner) : base(message, inner) { }
}
