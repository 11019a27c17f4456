namespace MLNet.Embeddings;

/// <summary>Settings that follow the data: everything that was left out, chosen by what is known before training. One place, with the evidence.</summary>
internal sealed class Choices
{
    /// <param name="given">The settings as they were given.</param>
    /// <param name="facts">What is known of the data.</param>
    internal Choices(MultiEmbeddingOptions given, ViewFacts facts)
    {
        bool chooses = given.ChoosesByData;
        var options = given with
        {
            Members = given.Members ?? (chooses ? MembersFor(given.Effort) : 1),
            Wide = given.Wide ?? chooses,
        };
        Options = chooses ? Network(options, facts) : options;
        Wide = new() { IsWanted = options.Wide!.Value, Bins = Lab.Int("bins", (int)Math.Clamp(facts.Rows / 200, 3, 16)) };
    }

    /// <summary>The settings, none left out.</summary>
    internal MultiEmbeddingOptions Options { get; }

    /// <summary>What the wide part reads.</summary>
    internal WideReadings Wide { get; }

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
        int epochs = Lab.Int("epochs", hasText ? (int)Math.Clamp(120_000 / Math.Max(1, facts.Rows), 4, 15) : (int)Math.Clamp(600_000 / Math.Max(1, facts.Rows), 6, 60));
        return options.Fill<MultiEmbeddingOptions>(new Chosen
        {
            MaxEpochs = epochs,
            Patience = epochs,
            Schedule = LearningRateSchedule.OneCycle(),
            LearningRate = Lab.Number("lr", hasText ? 0.004 : 0.002),
            BatchSize = Lab.Int("batch", 128),
            Regularization = new()
            {
                Dropout = Lab.Number("dropout", 0.3),
                UnknownDropout = Lab.Number("unknown", hasText ? 0.1 : 0.05),
                WeightDecay = Lab.Number("decay", 0.02),
                AveragingDecay = Lab.Number("average", 0.99),
            },
        }) with
        {
            HiddenUnits = Lab.Ints("hidden", hasText ? [128] : [256, 128]),
            Columns = [.. options.Columns.Select(column => column is TextColumn text ? Text(text, facts) : column)],
        };
    }

    private static TextColumn Text(TextColumn text, ViewFacts facts)
    {
        double characters = facts.Profiles.Values.Sum(profile => profile.MeanWords >= 2 || profile.MeanCharacters > 12 ? profile.MeanCharacters : 0);
        return text with
        {
            Tokens = text.Tokens ?? new() { MaxTerms = 30_000, MaxLength = 300 },
            Encoder = text.Encoder ?? Lab.Text("encoder", facts.Profiles.TryGetValue(text.Name, out var profile) && profile.MeanWords <= 16 ? "gru" : "attention") switch
            {
                "mean" => SequenceEncoder.Mean(),
                "max" => SequenceEncoder.Max(),
                "attention" => SequenceEncoder.Attention(),
                _ => SequenceEncoder.Gru(Lab.Int("units", 32), bidirectional: true, readout: GruReadout.Max),
            },
            Readings = text.Readings ??
            [
                .. Lab.Text("other", characters < 200 ? "bl" : "b").Select(kind => new TextReading(kind == 'b'
                    ? new() { NgramLength = 2, MaxTerms = 50_000, MinCount = 2, MaxLength = 600 }
                    : new() { Split = TokenSplit.WordCharacter, NgramLength = 3, MaxTerms = 20_000, MinCount = 2, MaxLength = 600 })),
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
