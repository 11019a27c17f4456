using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>A column that the library reads: in some role, of some type, by some trainer.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Values">Its values.</param>
/// <param name="TrainerIn">The trainer that reads it under the name <see cref="Tested"/>.</param>
/// <param name="IsNeededToScore">Whether scoring reads it.</param>
internal sealed record InputKind(string Name, ValueKind Values, Func<MLContext, ITrainer> TrainerIn, bool IsNeededToScore = true)
{
    internal const string Tested = "Tested", Number = "Number", Label = "Label", Output = "Output";

    /// <summary>All kinds.</summary>
    internal static IEnumerable<InputKind> All() => [.. Inputs(), .. Labels(), .. Sequences()];

    private static IEnumerable<InputKind> Inputs()
    {
        InputKind Input(string name, ValueKind values, InputColumn column) => new(name, values, context => Binary(context, new() { Columns = [column] }));
        InputKind Number(string name, ValueKind values, NumberEncoder? encoder = null) => Input($"number {name}", values, InputColumn.Number(Tested, encoder));
        InputKind Category(string name, ValueKind values) => Input($"category {name}", values, InputColumn.Category(Tested));

        yield return Category("of keys", Typed.Keys);
        yield return Category("of text", Typed.Texts);
        yield return Category("Int32", Typed.Integers);
        yield return Category("Int64", Typed.Longs);
        yield return Category("Single", Typed.Singles);
        yield return Category("Boolean", Typed.Booleans);
        yield return Input("bag of keys", Typed.Keys.Vectors(), InputColumn.Bag(Tested));
        yield return Input("bag of text", Typed.Texts.Vectors(), InputColumn.Bag(Tested, pooling: BagPooling.Sum));
        yield return Input("text", Typed.Texts, InputColumn.Text(Tested, SequenceEncoder.Mean()));
        yield return Input("sequence, GRU", Typed.Keys.Vectors(), InputColumn.Sequence(Tested, 4, SequenceEncoder.Gru(4)));
        yield return Input("sequence, convolution", Typed.Keys.Vectors(3), InputColumn.Sequence(Tested, 4, SequenceEncoder.Convolution([2], 3)));
        yield return Number("Single", Typed.Singles);
        yield return Number("Double", Typed.Doubles);
        yield return Number("Int64", Typed.Longs);
        yield return Number("Byte", Typed.Bytes);
        yield return Number("Boolean", Typed.Booleans);
        yield return Number("vector of 3", Typed.Singles.Vectors(3));
        yield return Number("vector of Double", Typed.Doubles.Vectors(2));
        yield return Number("quantile", Typed.Singles, NumberEncoder.Quantile());
        yield return Number("piecewise", Typed.Doubles, NumberEncoder.PiecewiseLinear(4, 3));
        yield return Number("piecewise by label", Typed.Singles, NumberEncoder.PiecewiseLinear(4, 3, NumberBinning.Label));
        yield return Number("periodic", Typed.Singles, NumberEncoder.Periodic(3, 4));
        yield return Input("date", Typed.Dates, InputColumn.Date(Tested));
        yield return Input("date with offset", Typed.Moments, InputColumn.Date(Tested));
        yield return Input("date, time span", Typed.Spans, InputColumn.Date(Tested));
        yield return Input("date of text", Typed.DateTexts, InputColumn.Date(Tested));
        foreach (var (name, column) in ((string, InputColumn)[])[("text", InputColumn.Text(Tested)), ("category", InputColumn.Category(Tested))])
            yield return new($"{name} by defaults", Typed.Texts, context => Defaults(context, column));
        yield return new("number by defaults", Typed.Singles, context => Defaults(context, InputColumn.Number(Tested)));
        yield return new("date by defaults", Typed.Dates, context => Defaults(context, InputColumn.Date(Tested)));
    }

    private static IEnumerable<InputKind> Labels()
    {
        MultiEmbeddingOptions options = new() { LabelColumnName = Tested, Columns = [InputColumn.Number(Number)] };
        InputKind Kind(string name, ValueKind values, Func<MLContext, ITrainer> trainer) => new($"label, {name}", values, trainer, IsNeededToScore: false);
        InputKind Two(string name, ValueKind values) => Kind($"binary {name}", values, context => Binary(context, options));
        InputKind Classes(string name, ValueKind values) => Kind($"multiclass {name}", values,
            context => new ColumnTrainer(context.MulticlassClassification.Trainers.MultiEmbedding(Small(options))));
        InputKind Value(string name, ValueKind values) => Kind($"regression {name}", values,
            context => new ColumnTrainer(context.Regression.Trainers.MultiEmbedding(Small(options))));
        InputKind Set(string name, ValueKind values) => Kind($"set of {name}", values,
            context => new ColumnTrainer(context.MultiOutput().Trainers.MultiEmbedding(Small(options with { Labels = [LabelColumn.Set(Tested)] }))));

        yield return Two("Boolean", Typed.Booleans);
        yield return Two("of text", Typed.Answers);
        yield return Two("Int32", Typed.Integers);
        yield return Classes("of keys", Typed.Keys);
        yield return Classes("of text", Typed.Texts);
        yield return Classes("Int64", Typed.Longs);
        yield return Classes("Single", Typed.Singles);
        yield return Value("Single", Typed.Singles);
        yield return Value("Double", Typed.Doubles);
        yield return Value("Int64", Typed.Longs);
        yield return Set("text", Typed.Texts.Vectors());
        yield return Set("keys", Typed.Keys.Vectors());
        yield return new("example weight", Typed.Weights, context => Binary(context,
            new() { Columns = [InputColumn.Number(Number)], ExampleWeightColumnName = Tested }), IsNeededToScore: false);
    }

    private static IEnumerable<InputKind> Sequences()
    {
        static InputKind Kind(string name, ValueKind values, string source, string target) => new(name, values, context => new SequenceTrainer(
            context.Transforms.Text.SequenceToSequence(Output, source, target, new()
            {
                SourceDimensions = 3,
                TargetDimensions = 3,
                Units = 4,
                MaxEpochs = 1,
                Seed = 1,
                NumberOfThreads = 1,
                Decoding = new() { MaxLength = 5 },
            })), IsNeededToScore: source == Tested);

        yield return Kind("source text", Typed.Texts, Tested, "Text");
        yield return Kind("source keys", Typed.Keys.Vectors(), Tested, "Text");
        yield return Kind("target text", Typed.Texts, "Text", Tested);
    }

    private static ColumnTrainer Binary(MLContext context, MultiEmbeddingOptions options) =>
        new(context.BinaryClassification.Trainers.MultiEmbedding(Small(options)));

    private static ColumnTrainer Defaults(MLContext context, InputColumn column) =>
        new(context.BinaryClassification.Trainers.MultiEmbedding(new() { Columns = [column], MaxEpochs = 1, Members = 2, Seed = 1, NumberOfThreads = 1 }));

    private static MultiEmbeddingOptions Small(MultiEmbeddingOptions options) =>
        options with { HiddenUnits = [4], MaxEpochs = 1, Seed = 1, NumberOfThreads = 1, ValidationFraction = 0.25 };

    private sealed record ColumnTrainer(MultiEmbeddingTrainer Of) : ITrainer
    {
        public ITransformer Fit(IDataView training, IDataView? validation) => Of.Fit(training, validation);
    }

    private sealed record SequenceTrainer(SequenceToSequenceEstimator Of) : ITrainer
    {
        public ITransformer Fit(IDataView training, IDataView? validation) => Of.Fit(training, validation);
    }
}

/// <summary>Either estimator that may be given validation data.</summary>
internal interface ITrainer
{
    ITransformer Fit(IDataView training, IDataView? validation);
}
