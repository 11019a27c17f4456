namespace MLNet.Embeddings.Benchmarks;

/// <summary>What <c>suite</c> was asked to do.</summary>
internal sealed record SuiteArguments
{
    private static readonly string[] Efforts = ["quick", "normal", "thorough"];

    /// <summary>The folder of the data sets; null if none is known.</summary>
    internal string? DataFolder { get; init; } = Environment.GetEnvironmentVariable("MLNET_EMBEDDINGS_DATA");

    /// <summary>Names of the wanted sets; of all, none.</summary>
    internal IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>How much training is worth: quick, normal or thorough; null for the library's default.</summary>
    internal string? Effort { get; init; }

    /// <summary>Whether to judge by a fifth of the training files.</summary>
    internal bool Inside { get; init; }

    /// <summary>Whether the library is told nothing but the label.</summary>
    internal bool Unnamed { get; init; }

    /// <summary>Whether only the baselines are computed.</summary>
    internal bool PeersOnly { get; init; }

    /// <summary>The file of computed baselines.</summary>
    internal string BaselineFile { get; init; } = Path.Combine(AppContext.BaseDirectory, "suite-baselines.txt");

    /// <returns>Null if the arguments make no sense.</returns>
    internal static SuiteArguments? Parse(ReadOnlySpan<string> options) => Parse(new(), options);

    private static SuiteArguments? Parse(SuiteArguments parsed, ReadOnlySpan<string> options) => options switch
    {
        [] => parsed,
        ["--data", var folder, .. var rest] => Parse(parsed with { DataFolder = folder }, rest),
        ["--only", var names, .. var rest] => Parse(parsed with { Only = names.Split(',', StringSplitOptions.TrimEntries) }, rest),
        ["--effort", var effort, .. var rest] when Efforts.Contains(effort) => Parse(parsed with { Effort = effort }, rest),
        ["--inside", .. var rest] => Parse(parsed with { Inside = true }, rest),
        ["--unnamed", .. var rest] => Parse(parsed with { Unnamed = true }, rest),
        ["--peers", .. var rest] => Parse(parsed with { PeersOnly = true }, rest),
        ["--baselines", var file, .. var rest] => Parse(parsed with { BaselineFile = file }, rest),
        _ => null,
    };
}
