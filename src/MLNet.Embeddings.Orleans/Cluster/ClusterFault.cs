namespace MLNet.Embeddings;

/// <summary>What went wrong on another machine, as it is sent.</summary>
/// <param name="Kind">Which exception it is.</param>
/// <param name="Message">What it says.</param>
/// <param name="Shard">The part whose rows it is about; null for none.</param>
[GenerateSerializer, Immutable]
internal sealed record ClusterFault(FaultKind Kind, string Message, string? Shard)
{
    internal static ClusterFault Of(Exception error) => error switch
    {
        AggregateException { InnerExceptions: [var inner] } => Of(inner),
        ShardException shard => new(FaultKind.Shard, shard.Fault, shard.Shard),
        OperationCanceledException => new(FaultKind.Cancelled, error.Message, null),
        ArgumentException => new(FaultKind.Argument, error.Message, null),
        FileNotFoundException => new(FaultKind.Missing, error.Message, null),
        IOException => new(FaultKind.Storage, error.Message, null),
        InvalidOperationException => new(FaultKind.Operation, error.Message, null),
        _ => new(FaultKind.Operation, $"{error.GetType().Name}: {error.Message}", null),
    };

    /// <summary>What is thrown here.</summary>
    internal Exception Error() => Kind switch
    {
        FaultKind.Shard => new ShardException(Shard!, Message),
        FaultKind.Cancelled => new OperationCanceledException(Message),
        FaultKind.Argument => new ArgumentException(Message),
        FaultKind.Missing => new FileNotFoundException(Message),
        FaultKind.Storage => new IOException(Message),
        _ => new InvalidOperationException(Message),
    };
}

/// <summary>Which exception a fault is.</summary>
internal enum FaultKind
{
    /// <summary><see cref="InvalidOperationException"/>.</summary>
    Operation,

    /// <summary><see cref="ShardException"/>.</summary>
    Shard,

    /// <summary><see cref="ArgumentException"/>.</summary>
    Argument,

    /// <summary><see cref="FileNotFoundException"/>.</summary>
    Missing,

    /// <summary><see cref="IOException"/>.</summary>
    Storage,

    /// <summary><see cref="OperationCanceledException"/>.</summary>
    Cancelled,
}
