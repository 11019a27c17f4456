using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>The log of a context, for what is to be said when a model scores.</summary>
internal static class ScoringLog
{
    /// <summary>What writes warnings that tell of users' data.</summary>
    internal static Action<string> Of(IHostEnvironment environment) => message =>
    {
        using var channel = environment.Start("Scoring");
        channel.Warning(MessageSensitivity.UserData, message);
    };
}
