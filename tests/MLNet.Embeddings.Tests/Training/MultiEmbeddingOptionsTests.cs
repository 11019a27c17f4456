using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class MultiEmbeddingOptionsTests
{
    private static readonly MultiEmbeddingOptions Valid = new() { Columns = [InputColumn.Number("Age")] };

    [TestMethod]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var options = new MultiEmbeddingOptions();

        Assert.AreEqual("Label", options.LabelColumnName);
        Assert.IsEmpty(options.Columns);
        Assert.IsNull(options.ExampleWeightColumnName);
        CollectionAssert.AreEqual(new[] { 64 }, options.HiddenUnits.ToArray());
        Assert.IsNull(options.MaxEpochs);
        Assert.AreEqual(50, options.MaxEpochsFor(rows: 1_000_000));
        Assert.IsNull(options.BatchSize);
        Assert.AreEqual(0.001, options.LearningRate);
        Assert.IsFalse(options.DenseTableUpdates);
        Assert.AreEqual(0.1, options.ValidationFraction);
        Assert.IsNull(options.Patience);
        Assert.AreEqual(5, options.PatienceFor(maxEpochs: 50));
        Assert.AreEqual(0.0, options.MinDelta);
        Assert.IsNull(options.Seed);
        Assert.IsNull(options.Progress);
        Assert.AreEqual(CancellationToken.None, options.CancellationToken);
        Assert.AreEqual(new RegularizationOptions { UnknownDropout = 0.01, WeightDecay = 0.0001, MaxGradientNorm = 1 }, options.Regularization);
        Assert.AreEqual(0.1, options.EngineSettings(seed: 1).Dropout);
    }

    [TestMethod]
    public void Patience_ScheduleWithAnEnd_IsAllEpochs()
    {
        Assert.AreEqual(30, new MultiEmbeddingOptions { Schedule = LearningRateSchedule.OneCycle() }.PatienceFor(30));
        Assert.AreEqual(30, new MultiEmbeddingOptions { Schedule = LearningRateSchedule.Cosine() }.PatienceFor(30));
        Assert.AreEqual(5, new MultiEmbeddingOptions { Schedule = LearningRateSchedule.ReduceOnPlateau() }.PatienceFor(30));
        Assert.AreEqual(3, new MultiEmbeddingOptions { Schedule = LearningRateSchedule.OneCycle(), Patience = 3 }.PatienceFor(30));
    }

    [TestMethod]
    public void ColumnDefaults_AreThoseOfTheDocumentation()
    {
        Assert.IsNull(InputColumn.Sequence("Words").Dimensions);
        Assert.AreEqual(64, InputColumn.Sequence("Words").DimensionsFor(keyCount: 5));
        Assert.AreEqual(SequenceEncoder.Gru(64), InputColumn.Sequence("Words").Encoder);
        Assert.IsNull(InputColumn.Category("City").Dimensions);
        Assert.AreEqual(7, InputColumn.Category("City", 7).DimensionsFor(keyCount: 5));
        Assert.IsNull(InputColumn.Bag("Tags").Dimensions);
        Assert.AreEqual(BagPooling.Mean, InputColumn.Bag("Tags").Pooling);
    }

    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(3, 3)]
    [DataRow(10, 6)]
    [DataRow(100, 21)]
    [DataRow(1000, 64)]
    public void DimensionsFor_KeyCount_IsFastaisRuleWithACap(int keyCount, int dimensions)
    {
        Assert.AreEqual(dimensions, InputColumn.Category("City").DimensionsFor(keyCount));
        Assert.AreEqual(dimensions, InputColumn.Bag("Tags").DimensionsFor(keyCount));
    }

    [TestMethod]
    [DataRow(4_999, 32, 32)]
    [DataRow(5_000, 64, 256)]
    public void BatchSizeFor_LeftOut_GoesByRowsAndColumns(int rows, int withSequence, int without)
    {
        Assert.AreEqual(withSequence, (Valid with { Columns = [InputColumn.Sequence("Words")] }).BatchSizeFor(rows));
        Assert.AreEqual(without, Valid.BatchSizeFor(rows));
        Assert.AreEqual(7, (Valid with { BatchSize = 7 }).BatchSizeFor(rows));
    }

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public void Validate_OneFault_SaysWhichAndWhatIsNeeded(MultiEmbeddingOptions options, string fault)
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(options));

        Assert.AreEqual($"The settings cannot be used:\n{fault} (Parameter 'options')", error.Message);
    }

    [TestMethod]
    public void Validate_ManyFaults_ListsAll()
    {
        var options = new MultiEmbeddingOptions
        {
            LabelColumnName = "",
            Columns = [InputColumn.Category("City", 0), InputColumn.Sequence("Words", dimensions: 0, SequenceEncoder.Gru(5000))],
            MaxEpochs = 0,
            LearningRate = double.NaN,
            Regularization = new() { Dropout = 1, MaxGradientNorm = 0 },
        };

        var error = Assert.ThrowsExactly<ArgumentException>(options.Validate);

        Assert.AreEqual("""
            The settings cannot be used:
            LabelColumnName must not be empty.
            The dimensions of column 'City' must be from 1 to 4096; they were 0.
            The dimensions of column 'Words' must be from 1 to 4096; they were 0.
            The units of the GRU of column 'Words' must be from 1 to 4096; they were 5000.
            Dropout must be from 0 to below 1; it was 1.
            MaxGradientNorm must be above 0; it was 0.
            MaxEpochs must be at least 1; it was 0.
            LearningRate must be finite and above 0; it was NaN. (Parameter 'options')
            """, error.Message);
    }

    [TestMethod]
    public void Validate_ValuesAtTheEdge_Pass() => (Valid with
    {
        Columns = [InputColumn.Category("City", 4096), InputColumn.Sequence("Words", 1, SequenceEncoder.Gru(1))],
        HiddenUnits = [],
        MaxEpochs = 1,
        BatchSize = 1,
        ValidationFraction = 0,
        Patience = 1,
        Regularization = new() { Dropout = 0, UnknownDropout = 0, WeightDecay = 0, MaxGradientNorm = double.PositiveInfinity },
    }).Validate();

    private static IEnumerable<object[]> Faults =>
    [
        [Valid with { LabelColumnName = "" }, "LabelColumnName must not be empty."],
        [Valid with { ExampleWeightColumnName = "" }, "ExampleWeightColumnName must not be empty; leave it null for no weights."],
        [
            Valid with { Columns = [InputColumn.Number("Age"), InputColumn.Category("Age")] },
            "Columns must name each column once; 'Age' is there more often. To read it in two ways, copy it first: " +
            "mlContext.Transforms.CopyColumns(\"Age2\", \"Age\").",
        ],
        [Valid with { Columns = [InputColumn.Number("Label")] }, "Columns must not hold the label column 'Label'."],
        [Valid with { Columns = [InputColumn.Number("")] }, "The name of an input column must not be empty."],
        [Valid with { Columns = [InputColumn.Category("City", 0)] }, "The dimensions of column 'City' must be from 1 to 4096; they were 0."],
        [Valid with { Columns = [InputColumn.Bag("Tags", -1)] }, "The dimensions of column 'Tags' must be from 1 to 4096; they were -1."],
        [Valid with { Columns = [InputColumn.Bag("Tags", pooling: (BagPooling)9)] }, "The pooling of column 'Tags' must be Mean or Sum; it was 9."],
        [Valid with { Columns = [InputColumn.Sequence("Words", 4097)] }, "The dimensions of column 'Words' must be from 1 to 4096; they were 4097."],
        [
            Valid with { Columns = [InputColumn.Sequence("Words", encoder: SequenceEncoder.Gru(0))] },
            "The units of the GRU of column 'Words' must be from 1 to 4096; they were 0."
        ],
        [
            Valid with { Columns = [InputColumn.Sequence("Words", encoder: SequenceEncoder.Gru(layers: 0))] },
            "The layers of the GRU of column 'Words' must be from 1 to 16; they were 0."
        ],
        [
            Valid with { Columns = [InputColumn.Sequence("Words", encoder: SequenceEncoder.Gru(dropout: 1))] },
            "The dropout of the GRU of column 'Words' must be from 0 to below 1; it was 1."
        ],
        [
            Valid with { Columns = [InputColumn.Sequence("Words", encoder: SequenceEncoder.Gru(readout: (GruReadout)9))] },
            "The readout of the GRU of column 'Words' must be Last, Mean, Max or Attention; it was 9."
        ],
        [
            Valid with { Columns = [InputColumn.Number("Age", NumberEncoder.PiecewiseLinear(bins: 0))] },
            "The bins of the number encoder of column 'Age' must be from 1 to 1024; they were 0."
        ],
        [
            Valid with { Columns = [InputColumn.Number("Age", NumberEncoder.PiecewiseLinear(dimensions: 4097))] },
            "The dimensions of the number encoder of column 'Age' must be from 1 to 4096; they were 4097."
        ],
        [
            Valid with { Columns = [InputColumn.Number("Age", NumberEncoder.PiecewiseLinear(binning: (NumberBinning)2))] },
            "The binning of the number encoder of column 'Age' must be Quantiles or Label; it was 2."
        ],
        [
            Valid with { Columns = [InputColumn.Number("Age", NumberEncoder.Periodic(frequencies: 0))] },
            "The frequencies of the number encoder of column 'Age' must be from 1 to 4096; they were 0."
        ],
        [
            Valid with { Columns = [InputColumn.Number("Age", NumberEncoder.Periodic(deviation: double.NaN))] },
            "The deviation of the frequencies of column 'Age' must be finite and above 0; it was NaN."
        ],
        [Valid with { HiddenUnits = [64, 0] }, "HiddenUnits must be from 1 to 65536 each; one was 0."],
        [Valid with { HiddenUnits = [65_537] }, "HiddenUnits must be from 1 to 65536 each; one was 65537."],
        [Valid with { MaxEpochs = 0 }, "MaxEpochs must be at least 1; it was 0."],
        [Valid with { BatchSize = 0 }, "BatchSize must be at least 1; it was 0."],
        [Valid with { LearningRate = 0 }, "LearningRate must be finite and above 0; it was 0."],
        [Valid with { LearningRate = double.PositiveInfinity }, "LearningRate must be finite and above 0; it was Infinity."],
        [Valid with { ValidationFraction = -0.1 }, "ValidationFraction must be from 0 to below 1; it was -0.1."],
        [Valid with { ValidationFraction = 1 }, "ValidationFraction must be from 0 to below 1; it was 1."],
        [Valid with { ValidationFraction = double.NaN }, "ValidationFraction must be from 0 to below 1; it was NaN."],
        [Valid with { Patience = 0 }, "Patience must be at least 1; it was 0."],
        [Valid with { MinDelta = -1 }, "MinDelta must be finite and at least 0; it was -1."],
        [Valid with { MinDelta = double.PositiveInfinity }, "MinDelta must be finite and at least 0; it was Infinity."],
        [Valid with { Regularization = new() { Dropout = -0.1 } }, "Dropout must be from 0 to below 1; it was -0.1."],
        [Valid with { Regularization = new() { UnknownDropout = 1 } }, "UnknownDropout must be from 0 to below 1; it was 1."],
        [Valid with { Regularization = new() { WeightDecay = double.NaN } }, "WeightDecay must be finite and at least 0; it was NaN."],
        [Valid with { Regularization = new() { MaxGradientNorm = 0 } }, "MaxGradientNorm must be above 0; it was 0."],
        [Valid with { Regularization = new() { AveragingDecay = 1 } }, "AveragingDecay must be from 0 to below 1; it was 1."],
        [Valid with { Columns = null! }, "Columns must not be or hold null."],
        [Valid with { Columns = [InputColumn.Number("Age"), null!] }, "Columns must not be or hold null."],
        [Valid with { Members = 0 }, "Members must be from 1 to 64; it was 0."],
        [Valid with { Members = 65 }, "Members must be from 1 to 64; it was 65."],
        [Valid with { Effort = (TrainingEffort)9 }, "Effort must be Quick, Normal or Thorough; it was 9."],
        [Valid with { ShuffleBufferRows = 9, Members = 2 }, "Members above 1 and Wide need all rows in memory; leave them out, or ShuffleBufferRows."],
        [Valid with { ShuffleBufferRows = 9, Wide = true }, "Members above 1 and Wide need all rows in memory; leave them out, or ShuffleBufferRows."],
        [Valid with { Columns = [InputColumn.Text("Title") with { Tokens = new() { MaxLength = 0 } }] },
            "Of the tokens of column 'Title': MaxLength must be at least 1; it was 0."],
        [Valid with { Columns = [InputColumn.Text("Title") with { Readings = [new(new() { NgramLength = 4 })] }] },
            "Of the tokens of column 'Title': NgramLength must be from 1 to 3; it was 4."],
        [Valid with { Columns = [InputColumn.Text("Title") with { Readings = [new(new(), Dimensions: 0)] }] },
            "The dimensions of the readings of column 'Title' must be from 1 to 4096; they were 0."],
        [Valid with { Columns = [InputColumn.Text("Title") with { Readings = [null!] }] },
            "The readings of column 'Title' must not be null, nor their tokens."],
        [Valid with { Combination = (ColumnCombination)9 }, "Combination must be Concatenate, Add or Multiply; it was 9."],
        [Valid with { Activation = (ActivationFunction)9 }, "Activation must be Relu, Silu, Tanh or Sigmoid; it was 9."],
        [Valid with { Normalization = (Normalization)9 }, "Normalization must be None, Layer or Batch; it was 9."],
        [Valid with { EnsembleSize = 0 }, "EnsembleSize must be from 1 to 256; it was 0."],
        [Valid with { EnsembleSize = 4, HiddenUnits = [] },
            "HiddenUnits must name a layer where EnsembleSize is above 1: without one, the members could not differ."],
        [Valid with { Columns = [InputColumn.Sequence("Words") with { Encoder = null! }] },
            "The encoder of column 'Words' must not be null; leave it out for a GRU."],
    ];

    [TestMethod]
    public void Equals_SameSettings_AreEqual()
    {
        static MultiEmbeddingOptions Options(double weight = 2) => new()
        {
            Labels = [LabelColumn.Multiclass("L") with { ClassWeights = ClassWeights.Of(new Dictionary<string, double> { ["a"] = weight, ["b"] = 1 }) }],
            Columns = [InputColumn.Text("T") with { Readings = [new(new() { Vocabulary = ["x"] })], Encoder = SequenceEncoder.Convolution([2, 3]) }],
            HiddenUnits = [8, 4],
        };

        Assert.AreEqual(new MultiEmbeddingOptions(), new MultiEmbeddingOptions());
        Assert.AreEqual(Options(), Options());
        Assert.AreEqual(Options().GetHashCode(), Options().GetHashCode());
        Assert.AreNotEqual(Options(), Options() with { HiddenUnits = [4, 8] });
        Assert.AreNotEqual(Options(), Options(weight: 3));
        Assert.AreNotEqual(Options(), Options() with { Columns = [] });
        Assert.AreEqual(new CategoryIndexingOptions { Vocabulary = ["a"] }, new CategoryIndexingOptions { Vocabulary = ["a"] });
        Assert.AreEqual(ClassWeights.Balanced, ClassWeights.Balanced);
        Assert.AreNotEqual(ClassWeights.Balanced, ClassWeights.Of(new Dictionary<string, double>()));
    }

    [TestMethod]
    public void ToString_Lists_PrintsTheirValues()
    {
        string text = new MultiEmbeddingOptions { Columns = [InputColumn.Number("A")], Labels = [LabelColumn.Binary("L")], HiddenUnits = [8, 4] }.ToString();

        StringAssert.Contains(text, "Columns = [NumberColumn { Name = A,");
        StringAssert.Contains(text, "Labels = [BinaryLabel { Name = L,");
        StringAssert.Contains(text, "HiddenUnits = [8, 4]");
        StringAssert.Contains(new MultiEmbeddingOptions().ToString(), "HiddenUnits = [64]");
        StringAssert.Contains(SequenceEncoder.Convolution().ToString(), "Widths = [3, 4, 5]");
        string[] terms = [.. Enumerable.Range(0, 60).Select(term => $"{term}")];
        StringAssert.Contains(new TokenIndexingOptions { Vocabulary = terms }.ToString(), "48, 49, and 10 more]");
    }

    [TestMethod]
    public void Lists_ChangedAfterwards_AreThoseThatWereGiven()
    {
        List<InputColumn> columns = [InputColumn.Number("A")];
        List<LabelColumn> labels = [LabelColumn.Binary("L")];
        List<int> units = [8];
        List<string> terms = ["a"];
        List<TextReading> readings = [];
        List<int> widths = [3];
        var options = new MultiEmbeddingOptions { Columns = columns, Labels = labels, HiddenUnits = units };
        var (tokens, categories) = (new TokenIndexingOptions { Vocabulary = terms }, new CategoryIndexingOptions { Vocabulary = terms });
        var text = InputColumn.Text("T") with { Readings = readings };
        var encoder = SequenceEncoder.Convolution(widths);

        columns.Clear();
        labels.Clear();
        units[0] = -1;
        terms.Add("a");
        readings.Add(null!);
        widths.Clear();

        Assert.AreEqual("A", options.Columns.Single().Name);
        Assert.AreEqual("L", options.Labels.Single().Name);
        Assert.AreEqual(8, options.HiddenUnits.Single());
        Assert.AreEqual("a", tokens.Vocabulary!.Single());
        Assert.AreEqual("a", categories.Vocabulary!.Single());
        Assert.HasCount(0, text.Readings!);
        Assert.AreEqual(SequenceEncoder.Convolution([3]), encoder);
    }
}
