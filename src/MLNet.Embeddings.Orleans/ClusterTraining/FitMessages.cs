using Microsoft.Extensions.Logging;

namespace MLNet.Embeddings;

/// <summary>What the coordinator of a fit says in the log of its silo.</summary>
internal static partial class FitMessages
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Fit {Key}: {Text}")]
    internal static partial void Told(this ILogger logger, string key, string text);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Fit {Key}: {Text}")]
    internal static partial void Warned(this ILogger logger, string key, string text);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The fit {Key} failed.")]
    internal static partial void Failed(this ILogger logger, string key, Exception error);
}
