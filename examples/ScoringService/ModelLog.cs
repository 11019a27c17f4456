namespace ScoringService;

/// <summary>What the service logs of its model.</summary>
internal static partial class ModelLog
{
    [LoggerMessage(LogLevel.Information, "A new model is in use.")]
    internal static partial void Reloaded(ILogger logger);

    [LoggerMessage(LogLevel.Error, "The changed model cannot be loaded; the one in use stays.")]
    internal static partial void NotReloaded(ILogger logger, Exception error);
}
