namespace MLNet.Embeddings;

/// <summary>Settings that follow the data: everything that was left out, chosen by what is known before training. One place, with the evidence.</summary>
internal sealed class Choices
{
    /// <param name="given">The settings as they were given.</param>
    /// <param name="facts">What is known of the data.</param>
    internal Choices(MultiEmbeddingOptions given, ViewFacts facts)
    {
        bool chooses = !given.DescribesNetwork && given.ShuffleBufferRows is null;
        var options = given with
        {
            Members = given.Members ?? (chooses ? MembersFor(given.Effort) : 1),
            Wide = given.Wide ?? chooses,
        };
        Options = chooses ? Network(options, facts) : options;
        Readings = chooses ? Texts(Options, facts) : new Readings { Wide = Options.Wide!.Value };
    }

    /// <summary>The settings, but for those that only the rows decide.</summary>
    internal MultiEmbeddingOptions Options { get; }

    /// <summary>How raw columns are read.</summary>
    internal Readings Readings { get; }

    /// <summary>Whether there is one network and nothing else.</summary>
    internal bool IsOneNetwork => Options is { MemberCount: 1, Wide: false };

    private static int MembersFor(TrainingEffort effort) => effort switch
    {
        TrainingEffort.Quick => 1,
        TrainingEffort.Normal => 4,
        _ => 8,
    };

    private static MultiEmbeddingOptions Network(MultiEmbeddingOptions options, ViewFacts facts)
    {
        bool hasText = options.Columns.Any(column => column is TextColumn or SequenceColumn);
        int epochs = Lab.Int("epochs", hasText ? 8 : (int)Math.Clamp(600_000 / Math.Max(1, facts.Rows), 6, 60));
        return options.Fill<MultiEmbeddingOptions>(new Chosen
        {
            MaxEpochs = epochs,
            Patience = epochs,
            Schedule = LearningRateSchedule.OneCycle(),
            LearningRate = Lab.Number("lr", 0.002),
            BatchSize = Lab.Int("batch", 128),
            Regularization = new()
            {
                Dropout = Lab.Number("dropout", 0.3),
                UnknownDropout = Lab.Number("unknown", 0.05),
                WeightDecay = Lab.Number("decay", 0.02),
                AveragingDecay = Lab.Number("average", 0.99),
            },
        }) with
        {
            HiddenUnits = Lab.Ints("hidden", [256, 128]),
        };
    }

    private static Readings Texts(MultiEmbeddingOptions options, ViewFacts facts)
    {
        double characters = facts.Profiles.Values.Sum(profile => profile.MeanWords >= 2 || profile.MeanCharacters > 12 ? profile.MeanCharacters : 0);
        return new Readings
        {
            Wide = options.Wide!.Value,
            WideBins = Lab.Int("bins", (int)Math.Clamp(facts.Rows / 200, 3, 16)),
            Words = new() { MaxTerms = 30_000, MaxLength = 300 },
            Encoder = Lab.Text("encoder", "attention") switch
            {
                "mean" => SequenceEncoder.Mean(),
                "max" => SequenceEncoder.Max(),
                "gru" => SequenceEncoder.Gru(Lab.Int("units", 32), bidirectional: true, readout: GruReadout.Max),
                "cnn" => SequenceEncoder.Convolution(filters: Lab.Int("units", 64)),
                _ => SequenceEncoder.Attention(),
            },
            OtherTexts =
            [
                .. Lab.Text("other", characters < 200 ? "l" : "").Select(kind => kind == 'b'
                    ? new TextReading("pairs", new() { NgramLength = 2, MaxTerms = 50_000, MinCount = 2, MaxLength = 600 }, 64)
                    : new TextReading("letters", new() { Split = TokenSplit.WordCharacter, NgramLength = Lab.Int("letters", 3), MaxTerms = 20_000, MinCount = 2, MaxLength = 600 }, 64)),
            ],
        };
    }
}

/// <summary>Settings of experiments.</summary>
internal static class Lab
{
    internal static string Text(string name, string otherwise) => Environment.GetEnvironmentVariable("LAB_" + name) ?? otherwise;

    internal static double Number(string name, double otherwise) =>
        double.Parse(Text(name, otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture)), System.Globalization.CultureInfo.InvariantCulture);

    internal static int Int(string name, int otherwise) => (int)Number(name, otherwise);

    internal static int[] Ints(string name, int[] otherwise) => [.. Text(name, string.Join(",", otherwise)).Split(',').Select(int.Parse)];
}
