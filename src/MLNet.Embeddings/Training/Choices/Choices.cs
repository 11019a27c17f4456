namespace MLNet.Embeddings;

/// <summary>
/// Settings that follow the data: everything that was left out, chosen by what one pass over the data tells. All rules stand here; docs/quality.md has what was
/// tried and what it brought, on rows held out of the training files of 37 sets.
/// </summary>
internal sealed class Choices
{
    private readonly MultiEmbeddingOptions _given;
    private readonly ViewFacts _facts;

    /// <param name="given">The settings as they were given, their columns decided.</param>
    /// <param name="facts">What is known of the data.</param>
    /// <param name="previous">The settings of the model that training goes on from, whose network stays as it is; null to begin anew.</param>
    internal Choices(MultiEmbeddingOptions given, ViewFacts facts, MultiEmbeddingOptions? previous = null)
    {
        (_given, _facts) = (given, facts);
        Chooses = given.ChoosesByData;
        Options = given with { Members = given.Members ?? (Chooses ? Members : 1), Wide = given.Wide ?? Chooses };
        if (Chooses) Options = Filled(Options);
        if (Chooses && previous is not null) Options = Options with
        {
            Members = given.Members ?? previous.Members,
            Wide = given.Wide ?? previous.Wide,
            HiddenUnits = previous.HiddenUnits,
            Columns = [.. given.Columns.Select(column => GoOn(column, previous.Columns.FirstOrDefault(one => one.Name == column.Name)))],
        };
        Wide = new() { IsWanted = Options.Wide!.Value, Bins = (int)Math.Clamp(facts.Rows / RowsPerBin, 3, 16) };
        if (facts.Rows * Characters > MostCharactersInNgrams) Wide = Wide with { Characters = null };
    }

    /// <summary>Rows for each bin of a number in the wide part: fewer let it follow single rows.</summary>
    private const int RowsPerBin = 200;

    /// <summary>Characters of all rows up to which the wide part reads n-grams of them: each is read four times, and kept in memory.</summary>
    private const double MostCharactersInNgrams = 20_000_000;

    /// <summary>
    /// The mean number of words up to which a GRU reads them in both directions, where the order of few words tells; longer texts are pooled by attention,
    /// which is as good there and takes a fraction of the time.
    /// </summary>
    private const int WordsToReadInOrder = 16;

    /// <summary>The characters of all texts of a row together up to which networks read character n-grams as well: titles, names, questions.</summary>
    private const int CharactersToReadInNgrams = 200;

    /// <summary>Rows below which a network is trained in so little time that there may be more of them.</summary>
    private const int FewRows = 20_000;

    /// <summary>Whether the settings leave the network open; one that is described is trained as it is, by fixed defaults.</summary>
    internal bool Chooses { get; }

    /// <summary>The settings, none left out.</summary>
    internal MultiEmbeddingOptions Options { get; }

    /// <summary>What the wide part reads.</summary>
    internal WideReadings Wide { get; }

    /// <summary>Whether there is one network and nothing else.</summary>
    internal bool IsOneNetwork => Options is { MemberCount: 1, Wide: false };

    /// <summary>
    /// Settings to choose from on held-out rows, where effort is no matter: networks that learn faster or slower, narrower or wider, and with more or less
    /// noise.
    /// </summary>
    /// <remarks>What was set is obeyed: of the candidates those are left out that differ in it.</remarks>
    /// <param name="chosen">The settings of which others are made.</param>
    internal IEnumerable<MultiEmbeddingOptions> Candidates(MultiEmbeddingOptions chosen)
    {
        yield return chosen;
        yield return chosen with { HiddenUnits = [64] };
        if (!_given.SetsLearningRate) yield return chosen with { LearningRate = chosen.LearningRate / 2 };
        if (_given.SetsRegularization) yield break;
        yield return chosen with { Regularization = chosen.Regularization with { Dropout = 0.5 } };
        yield return chosen with { HiddenUnits = [512, 256], Regularization = chosen.Regularization with { Dropout = 0.4, UnknownDropout = 0.1 } };
        yield return chosen with { Regularization = chosen.Regularization with { Dropout = 0.1, UnknownDropout = 0.02 } };
    }

    /// <summary>
    /// Networks of a model: the mean of four has most of what more would bring, and each still sees three quarters of the rows; where rows are few, more of
    /// them are worth the time.
    /// </summary>
    private int Members => _given.Effort switch
    {
        TrainingEffort.Quick => 1,
        TrainingEffort.Normal => _facts.Rows < FewRows ? 6 : 4,
        _ => 8,
    };

    /// <summary>Characters of all texts of a row, in the mean.</summary>
    private double Characters => _given.Columns.OfType<TextColumn>().Sum(one => _facts.Profiles.GetValueOrDefault(one.Name)?.MeanCharacters ?? 0);

    private bool HasText => _given.Columns.Any(column => column is TextColumn or SequenceColumn);

    private MultiEmbeddingOptions Filled(MultiEmbeddingOptions options) => options.Fill<MultiEmbeddingOptions>(new Chosen
    {
        // One cycle, run to its end; the best epoch is kept.
        MaxEpochs = Epochs(),
        Schedule = LearningRateSchedule.OneCycle(),
        LearningRate = HasText ? 0.004 : 0.002,
        BatchSize = _facts.Rows switch { < 50_000 => 128, < 200_000 => 256, _ => 1_024 },
        Regularization = new() { Dropout = 0.3, UnknownDropout = HasText ? 0.1 : 0.05, WeightDecay = 0.02, AveragingDecay = 0.99 },
    }) with
    {
        HiddenUnits = HasText ? [128] : [256, 128],
        Columns = [.. options.Columns.Select(column => column is TextColumn text ? Filled(text) : column)],
    };

    /// <summary>So many that all rows together are as many steps, within bounds; words are learned by heart sooner than numbers.</summary>
    private int Epochs()
    {
        double rows = Math.Max(1, _facts.Rows), effort = _given.Effort switch { TrainingEffort.Quick => 0.5, TrainingEffort.Normal => 1, _ => 1.5 };
        return (int)Math.Ceiling(effort * (HasText ? Math.Clamp(120_000 / rows, 4, 15) : Math.Clamp(600_000 / rows, 3, 60)));
    }

    /// <summary>A column with what the earlier model chose where nothing is set: what is set must be that of the earlier model, which is checked.</summary>
    private static InputColumn GoOn(InputColumn column, InputColumn? before) => (column, before) switch
    {
        (TextColumn now, TextColumn known) => (TextColumn)TableOf(now, known) with
        {
            Tokens = now.Tokens ?? known.Tokens,
            Encoder = now.Encoder ?? known.Encoder,
            Readings = now.Readings ?? known.Readings,
        },
        (EmbeddingColumn now, EmbeddingColumn known) => TableOf(now, known),
        (NumberColumn now, NumberColumn known) => now with { Encoder = now.Encoder ?? known.Encoder },
        _ => column,
    };

    private static EmbeddingColumn TableOf(EmbeddingColumn now, EmbeddingColumn known) => now with
    {
        Dimensions = now.Dimensions ?? known.Dimensions,
        Table = now.Table ?? known.Table,
        Vectors = now.Vectors ?? known.Vectors,
    };

    private TextColumn Filled(TextColumn text)
    {
        bool isShort = _facts.Profiles.TryGetValue(text.Name, out var profile) && profile.MeanWords <= WordsToReadInOrder;
        var beside = new TokenIndexingOptions { MinCount = 2, MaxLength = 600, TellsLosses = false };
        var words = new TextReading(beside with { NgramLength = 2, MaxTerms = 50_000 });
        var characters = new TextReading(beside with { Split = TokenSplit.WordCharacter, NgramLength = 3, MaxTerms = 20_000 });
        return text with
        {
            Tokens = SharedTables.TokensOf(text, _given.Columns) ?? new() { MaxTerms = 30_000, MaxLength = 300 },
            Encoder = text.Encoder ?? (isShort ? SequenceEncoder.Gru(32, bidirectional: true, readout: GruReadout.Max) : SequenceEncoder.Attention()),
            Readings = text.Readings ?? (Characters < CharactersToReadInNgrams ? [words, characters] : [words]),
        };
    }
}
