using Microsoft.Extensions.Logging;

namespace MLNet.Embeddings.Tool.Hosting;

/// <summary>What the server tells whoever runs it.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(LogLevel.Warning, "{File} has changed: the new model is in use.")]
    internal static partial void Reloaded(ILogger logger, string file);

    [LoggerMessage(LogLevel.Error, "{File} has changed and cannot be loaded, so the model in use stays: {Reason}")]
    internal static partial void NotReloaded(ILogger logger, string file, string reason);

    [LoggerMessage(LogLevel.Error, "A request failed.")]
    internal static partial void Failed(ILogger logger, Exception error);
}
