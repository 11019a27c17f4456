namespace MLNet.Embeddings.Tool;

/// <summary>Makes work interruptible that looks at no token, as reading a whole file or fitting ML.NET's trainers.</summary>
internal static class Interruptible
{
    /// <summary>Does the work on another thread. When cancelled, it is left to itself, since the program ends then.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static T Run<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Run(work, cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
