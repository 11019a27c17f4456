using System.Reflection;

namespace MLNet.Embeddings;

/// <summary>The rows of a part cannot be read, or are not what is expected.</summary>
public sealed class ShardException : Exception
{
    /// <param name="shard">The part.</param>
    /// <param name="message">What is wrong with it.</param>
    /// <param name="inner">What was thrown.</param>
    internal ShardException(string shard, string message, Exception? inner = null) : base($"Shard '{shard}': {message}", inner) =>
        (Shard, Fault) = (shard, message);

    /// <summary>The error of a part.</summary>
    /// <param name="shard">The part.</param>
    /// <param name="error">What was thrown; where something was thrown by way of reflection, what lies under that.</param>
    internal static ShardException Of(string shard, Exception error) =>
        error as ShardException ?? new(shard, (error is TargetInvocationException ? error.GetBaseException() : error).Message, error);

    /// <summary>Name of the part, such as the path of a file in the data folder.</summary>
    public string Shard { get; }

    /// <summary>What is wrong with it.</summary>
    internal string Fault { get; }
}
