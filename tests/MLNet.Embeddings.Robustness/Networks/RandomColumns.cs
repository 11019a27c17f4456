using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>A random network, or several with a wide part, over random columns.</summary>
internal sealed record RandomColumns(MemoryView Training, MemoryView? Validation, MultiEmbeddingOptions Options) : RandomCase(Training, Validation, Options)
{
    private const string Weight = "Weight";

    internal static RandomColumns Of(Random random)
    {
        int rows = random.Next(40, 100);
        InputColumn[] columns = [.. Enumerable.Range(0, random.Next(1, 5)).Select(i => Column(random, $"Column{i}"))];
        LabelColumn[] labels = [.. Enumerable.Range(0, random.Chance(0.2) ? 2 : 1).Select(i => Label(random, $"Label{i}"))];
        int seed = random.Next();
        MemoryView View(int count) => new(
        [
            .. columns.Select((column, i) => Values(column, new Random(seed + i), new RandomData(random, count))),
            .. labels.Select(label => Values(label, new RandomData(random, count))),
            new RandomData(random, count).Weights(Weight),
        ]);
        var options = Network(random, new() { Columns = columns, Labels = labels, ExampleWeightColumnName = random.Chance(0.3) ? Weight : null });
        options = RandomSettings.Of(random, options, rows);
        if (options.Members > 1 || options.Wide == true) options = options with { ShuffleBufferRows = null };
        return new(View(rows), random.Chance(0.4) ? View(25) : null, options);
    }

    internal override ITransformer Fit(MLContext context, TrainingOptions settings, IDataView training) =>
        context.MultiOutput().Trainers.MultiEmbedding((MultiEmbeddingOptions)settings).Fit(training, Validation);

    internal override TrainingOptions WithoutDropout() =>
        (MultiEmbeddingOptions)base.WithoutDropout() with { Columns = [.. Options.Columns.Select(WithoutDropout)] };

    internal override TrainingHistory HistoryOf(ITransformer model) => ((MultiEmbeddingTransformer)model).History;

    private static InputColumn WithoutDropout(InputColumn column) => column switch
    {
        SequenceColumn { Encoder: RecurrentEncoder encoder } sequence => sequence with { Encoder = encoder with { Dropout = 0 } },
        TextColumn { Encoder: RecurrentEncoder encoder } text => text with { Encoder = encoder with { Dropout = 0 } },
        _ => column,
    };

    /// <summary>A described network, or what is chosen by the data.</summary>
    private static MultiEmbeddingOptions Network(Random random, MultiEmbeddingOptions options)
    {
        options = options with { Members = random.Of<int?>(null, null, 1, 2, 3), Wide = random.Of<bool?>(null, null, true, false) };
        return random.Chance(0.2)
            ? options
            : options with
            {
                Activation = random.Of(ActivationFunction.Relu, ActivationFunction.Silu, ActivationFunction.Tanh, ActivationFunction.Sigmoid),
                Combination = random.Of(ColumnCombination.Concatenate, ColumnCombination.Add, ColumnCombination.Multiply),
                EnsembleSize = random.Of(1, 1, 3),
                HiddenUnits = random.Of<int[]>([5], [7, 3]),
                Normalization = random.Of(Normalization.None, Normalization.Layer, Normalization.Batch),
            };
    }

    private static InputColumn Column(Random random, string name) => random.Next(7) switch
    {
        0 => InputColumn.Category(name, random.Of<int?>(null, 1, 4)),
        1 => InputColumn.Bag(name, random.Of<int?>(null, 3), random.Of(BagPooling.Mean, BagPooling.Sum)),
        2 => InputColumn.Sequence(name, 4, RandomSettings.Encoder(random)) with { Table = random.Of(null, "words") },
        3 => InputColumn.Text(name, RandomSettings.Encoder(random)),
        4 => InputColumn.Date(name),
        _ => InputColumn.Number(name, RandomSettings.Encoding(random)),
    };

    private static LabelColumn Label(Random random, string name)
    {
        var weights = random.Of(null, ClassWeights.Balanced);
        double smoothing = random.Of(0, 0.1);
        LabelColumn label = random.Next(4) switch
        {
            0 => LabelColumn.Binary(name) with { ClassWeights = weights, LabelSmoothing = smoothing },
            1 => LabelColumn.Multiclass(name) with { ClassWeights = weights, LabelSmoothing = smoothing },
            2 => LabelColumn.Set(name),
            _ => LabelColumn.Regression(name) with { Loss = random.Of(RegressionLoss.Squared, RegressionLoss.Absolute, RegressionLoss.Huber) },
        };
        return label with { Weight = random.Of(1, 0.5) };
    }

    /// <param name="column">The column.</param>
    /// <param name="random">Chooses the type, the same for training and validation.</param>
    /// <param name="data">Makes the values.</param>
    private static MemoryColumn Values(InputColumn column, Random random, RandomData data) => column switch
    {
        CategoryColumn => data.Key(column.Name, 5, missing: 0.1),
        BagColumn => data.Keys(column.Name, 6, longest: 4),
        SequenceColumn => data.Keys(column.Name, 9, longest: 7),
        TextColumn => data.Texts(column.Name, 0, 6, 20),
        DateColumn => data.Dates(column.Name),
        _ when random.Chance(0.2) => data.Doubles(column.Name),
        _ => data.Numbers(column.Name, random.Of(0, 1, 3), missing: random.Of(0, 0.2)),
    };

    private static MemoryColumn Values(LabelColumn label, RandomData data) => label switch
    {
        BinaryLabel => data.Booleans(label.Name),
        MulticlassLabel => data.Key(label.Name, 3, missing: 0.1),
        LabelSet => data.Keys(label.Name, 4, longest: 3),
        _ => data.Numbers(label.Name, 0, missing: 0.1),
    };
}
