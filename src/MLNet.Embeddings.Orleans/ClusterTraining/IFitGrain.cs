using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>The coordinator of a fit. Its state is kept, so that it goes on where it was on another silo.</summary>
internal interface IFitGrain : IGrainWithStringKey
{
    /// <summary>Begins the fit, unless it has begun.</summary>
    Task Start(FitRequest request);

    /// <summary>What is new since; waits some seconds for it. Who does not ask for long has no interest any more, and the fit ends.</summary>
    /// <param name="seen">Number of reports that are known.</param>
    Task<FitStatus> Status(int seen);

    /// <summary>Ends it, with the best so far.</summary>
    Task Cancel();

    /// <summary>Removes what is kept of it.</summary>
    Task Forget();
}

/// <summary>A fit that is asked for.</summary>
/// <param name="Settings">The settings that were given: <see cref="SettingsText.WriteGiven"/>.</param>
/// <param name="Rounds">How training is divided, as JSON.</param>
/// <param name="Shards">The rows.</param>
[GenerateSerializer, Immutable]
internal sealed record FitRequest(string Settings, string Rounds, Shards Shards)
{
    internal static FitRequest Of(MultiEmbeddingOptions options, RoundOptions rounds, Shards shards) =>
        new(SettingsText.WriteGiven(options), JsonSerializer.Serialize(rounds), shards);

    internal MultiEmbeddingOptions Options => SettingsText.ReadGiven(Settings);

    internal RoundOptions RoundOptions => JsonSerializer.Deserialize<RoundOptions>(Rounds)!;
}

/// <summary>How far a fit is.</summary>
/// <param name="Seen">Number of reports so far.</param>
/// <param name="Reports">Those that are new, of which all but the last may be left out that end no epoch, as JSON.</param>
/// <param name="Model">Key of the content that is the model; null before the end.</param>
/// <param name="Fault">Why there is none; null where nothing went wrong.</param>
[GenerateSerializer, Immutable]
internal sealed record FitStatus(int Seen, string[] Reports, string? Model, ClusterFault? Fault)
{
    internal bool HasEnded => Model is not null || Fault is not null;
}
