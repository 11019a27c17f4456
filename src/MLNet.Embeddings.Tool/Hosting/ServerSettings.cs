namespace MLNet.Embeddings.Tool.Hosting;

/// <summary>How a model is served.</summary>
/// <param name="ModelFile">The model; it is loaded anew when the file changes.</param>
internal sealed record ServerSettings(string ModelFile)
{
    /// <summary>The address to listen at: localhost for this machine only, * for all.</summary>
    internal string Host { get; init; } = "localhost";

    /// <summary>The port; 0 for any that is free.</summary>
    internal int Port { get; init; } = 5_000;

    /// <summary>Most bytes of a request.</summary>
    internal long MaxBodyBytes { get; init; } = 10_000_000;

    /// <summary>Most rows of a request.</summary>
    internal int MaxRows { get; init; } = 10_000;

    /// <summary>How often the file is looked at.</summary>
    internal TimeSpan WatchInterval { get; init; } = TimeSpan.FromSeconds(1);
}
