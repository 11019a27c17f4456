namespace MLNet.Embeddings;

/// <summary>The stages of a fit of columns, whose progress is told.</summary>
/// <param name="Indexing">The passes that learn vocabularies.</param>
/// <param name="Reading">What brings the rows into memory.</param>
/// <param name="Search">The rounds of a search, and the networks of each.</param>
/// <param name="Networks">The networks of the model.</param>
/// <param name="Wide">The wide part, which is trained beside them.</param>
/// <param name="Weighing">What is weighed in the end.</param>
internal sealed record FitStages(
    FitProgress.Part Indexing, FitProgress.Part Reading, IReadOnlyList<FitProgress.Part[]> Search, FitProgress.Part[] Networks, FitProgress.Part Wide,
    FitProgress.Part Weighing)
{
    /// <summary>Adds the stages of a fit.</summary>
    /// <param name="progress">The fit.</param>
    /// <param name="options">Its settings, none left out.</param>
    /// <param name="costs">What they cost.</param>
    /// <param name="rounds">The rounds of the search: how many networks are tried in each, and for which part of the epochs, one in so many.</param>
    internal static FitStages Plan(FitProgress progress, MultiEmbeddingOptions options, FitCosts costs, IEnumerable<(int Count, int Share)> rounds)
    {
        var indexing = progress.Add(TrainingPhase.Indexing, rows => rows * costs.Indexing);
        var reading = progress.Add(TrainingPhase.Reading, rows => rows * costs.Reading);
        FitProgress.Part[][] search = [.. rounds.Select(round => progress.Add(options.Threads, Networks(TrainingPhase.Search, round.Count, round.Share)))];
        var networks = Networks(TrainingPhase.Training, options.MemberCount, share: 1);
        FitProgress.Part wide = new(progress, TrainingPhase.Wide, rows => rows * costs.Wide);
        FitProgress.Part weighing = new(progress, TrainingPhase.Weighing, rows => rows * FitCosts.Weighing);
        progress.Add(options.MemberCount > 1 || options.Wide == true ? options.Threads : 1, options.Wide == true ? [wide, .. networks] : networks);
        if (options.Wide == true) progress.Add(1, weighing);
        progress.Planned();
        return new(indexing, reading, search, networks, wide, weighing);

        FitProgress.Part[] Networks(TrainingPhase phase, int count, int share) =>
        [
            .. Enumerable.Range(1, count).Select(number =>
                new FitProgress.Part(progress, phase, rows => rows * options.MaxEpochsFor(int.CreateSaturating(rows)) * costs.Network / share, number, count)),
        ];
    }
}

/// <summary>
/// What a row costs in each phase of a fit, in seconds: roughly, as measured on one core, and only to share time out until phases have a pace of their own.
/// </summary>
/// <param name="options">The settings, none left out.</param>
/// <param name="facts">What is known of the columns.</param>
/// <param name="reads">What the wide part reads.</param>
internal sealed class FitCosts(MultiEmbeddingOptions options, ViewFacts facts, WideReadings reads)
{
    /// <summary>To weigh networks and the wide part.</summary>
    internal const double Weighing = 3e-6;

    /// <summary>To learn a vocabulary of values.</summary>
    internal const double Values = 3e-7;

    private const double Character = 2e-8, Token = 2e-5, Column = 3e-6, Head = 1e-5, Feature = 3e-7;

    /// <summary>Where nobody has looked.</summary>
    private const double UsualCharacters = 100, UsualWords = 15;

    /// <summary>To look at the columns.</summary>
    internal static double Profiling(int columns) => columns * 2 * Values;

    /// <summary>To learn all vocabularies.</summary>
    internal double Indexing => options.Columns.Sum(column => column switch
    {
        TextColumn text => Text(text.Name, text.Tokens ?? new()) + (text.Readings ?? []).Sum(reading => Text(text.Name, reading.Tokens))
            + (reads.IsWanted ? Text(text.Name, reads.Words) + (reads.Characters is { } characters ? Text(text.Name, characters) : 0) : 0),
        DateColumn => 2 * Values,
        CategoryColumn or BagColumn => Values,
        _ => 0,
    });

    /// <summary>To read the rows, through all steps.</summary>
    internal double Reading => Indexing + options.Columns.Count * Values;

    /// <summary>To train a network for an epoch.</summary>
    internal double Network => Head + options.Columns.Sum(column => column is TextColumn or SequenceColumn ? Token * Words(column.Name) : Column);

    /// <summary>To train the wide part.</summary>
    internal double Wide => Feature * (CategoryPairs.Count(options.Columns)
        + options.Columns.Sum(column => column is TextColumn ? 2 * Words(column.Name) + Characters(column.Name) : 2));

    /// <summary>To learn a vocabulary of texts.</summary>
    internal double Text(string column, TokenIndexingOptions options) =>
        Values + Character * Characters(column) * options.NgramLength * (options.Split is TokenSplit.Character or TokenSplit.WordCharacter ? 3 : 1);

    private double Characters(string column) => facts.Profiles.GetValueOrDefault(column)?.MeanCharacters ?? UsualCharacters;

    private double Words(string column) => facts.Profiles.GetValueOrDefault(column)?.MeanWords ?? UsualWords;
}
