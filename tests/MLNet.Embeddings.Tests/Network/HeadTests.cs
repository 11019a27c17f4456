using System.Reflection;
using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Heads of every form: torch and managed code beside each other and beside values worked out by hand.</summary>
[TestClass]
public sealed class HeadTests
{
    private const int RowCount = 40;

    private static readonly ColumnShape[] Columns =
    [
        new CategoryShape(nameof(NetworkRow.Category), KeyCount: 3, Dimensions: 5),
        new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 3, SequenceEncoder.Gru(4)),
        new SequenceShape(nameof(NetworkRow.Mean), KeyCount: 5, Dimensions: 5, SequenceEncoder.Mean()),
    ];

    private static readonly LabelShape[] Labels = [new MulticlassLabelShape("M", 3, null), new BinaryLabelShape("B"), new RegressionLabelShape("R", 2, 3)];

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DynamicData(nameof(Forms), DynamicDataDisplayName = nameof(NameOf))]
    public void Score_EveryForm_IsTheSameInTorchAndInManagedCode(object form)
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(new NetworkShape(Columns, (HeadShape)form, Labels, NamesLabels: true), seed: 7);
        FillStatistics(network);
        var rows = NetworkRow.Random(RowCount);

        float[] trained = network.Score(Cut(rows));
        var managed = Outputs(TrainedNetwork.Of(network.Shape, network.Export()), rows);

        Assert.HasCount(trained.Length, managed);
        for (int i = 0; i < trained.Length; i++) Assert.AreEqual(trained[i], managed[i], 1e-5 * Math.Max(1, Math.Abs(trained[i])), $"{i} of {form}");
        Assert.IsGreaterThan(0.01f, managed.Max() - managed.Min());
    }

    [TestMethod]
    [DynamicData(nameof(Forms), DynamicDataDisplayName = nameof(NameOf))]
    public void Learn_EveryForm_GivesEveryParameterAGradient(object form)
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(new NetworkShape(Columns, (HeadShape)form, Labels, NamesLabels: true), seed: 7);
        var objective = new NetworkObjective([new MulticlassObjective(LabelColumn.Multiclass("M"), (MulticlassLabelShape)Labels[0], [1, 1, 1]),
            new BinaryObjective(LabelColumn.Binary("B"), [1, 1]), new RegressionObjective(LabelColumn.Regression("R"), (RegressionLabelShape)Labels[2])], NamesLabels: true);

        double loss = network.Learn(Cut(NetworkRow.Random(RowCount)), objective.Loss);

        Assert.IsTrue(double.IsFinite(loss) && loss > 0);
        foreach (var (name, parameter) in network.named_parameters())
        {
            // A bias before batch normalisation has no effect.
            if (((HeadShape)form).Normalization == Normalization.Batch && name.EndsWith("dense.bias", StringComparison.Ordinal)) continue;
            Assert.IsGreaterThan(0, parameter.grad!.abs().sum().item<float>(), name);
        }
    }

    [TestMethod]
    public void Learn_Ensemble_TakesTheMeanOfTheMembersLosses()
    {
        using var scope = torch.NewDisposeScope();
        using var network = TorchNetworks.Random(new NetworkShape(Columns, new HeadShape([4], EnsembleSize: 3), Networks.Labels), seed: 3);
        var cut = Cut(NetworkRow.Random(RowCount));
        var batch = cut with { Labels = [cut.Labels[1]] };
        network.eval();
        float[] members = network.call(batch).contiguous().Floats().ToArray();

        double loss = network.Learn(batch, Networks.Objective.Loss);

        Assert.AreEqual(members.Chunk(RowCount).Average(scores => Networks.Objective.Loss(scores, batch, 0, [])), loss, 1e-4);
    }

    [TestMethod]
    public void Of_Members_IsTheMeanOfProbabilitiesAndOfNumbers()
    {
        float[] members = [MathF.Log(1), MathF.Log(3), MathF.Log(4), MathF.Log(3), 10, MathF.Log(2), MathF.Log(2), MathF.Log(4), MathF.Log(1 / 3f), 20];
        float[] outputs = new float[5];

        MemberAverage.Of(Labels, members, outputs);

        // (1, 3, 4) / 8 and (2, 2, 4) / 8; 3/4 and 1/4; 10 and 20.
        Assert.AreEqual(Math.Log(1.5 / 8), outputs[0], 1e-6);
        Assert.AreEqual(Math.Log(2.5 / 8), outputs[1], 1e-6);
        Assert.AreEqual(Math.Log(0.5), outputs[2], 1e-6);
        Assert.AreEqual(0, outputs[3], 1e-6);
        Assert.AreEqual(15f, outputs[4]);
    }

    [TestMethod]
    public void Of_MembersFarOut_StaysANumber()
    {
        float[] outputs = new float[5];

        MemberAverage.Of(Labels, [5000, 0, 0, -5000, 1, 5000, 0, 0, -5000, 1], outputs);

        foreach (float output in outputs) Assert.IsTrue(float.IsFinite(output));
        Assert.IsLessThan(-600, outputs[3]);
    }

    [TestMethod]
    [DataRow(ColumnCombination.Add)]
    [DataRow(ColumnCombination.Multiply)]
    public void Fit_Combination_LearnsFromEachColumn(ColumnCombination combination)
    {
        var model = Trainers.Fit(Trainers.Options with { Combination = combination, MaxEpochs = 12 }, TrainingRow.Learnable(500, seed: 1));

        Assert.IsGreaterThan(0.97, Trainers.AreaUnderCurve(model, TrainingRow.Learnable(300, seed: 2)));
    }

    [TestMethod]
    [DataRow(Normalization.None, ActivationFunction.Silu, 1)]
    [DataRow(Normalization.Layer, ActivationFunction.Relu, 1)]
    [DataRow(Normalization.Batch, ActivationFunction.Tanh, 1)]
    [DataRow(Normalization.Batch, ActivationFunction.Relu, 4)]
    [DataRow(Normalization.None, ActivationFunction.Relu, 8)]
    public void Fit_FormsOfHeads_LearnAndSurviveAFile(Normalization normalization, ActivationFunction activation, int members)
    {
        // 91 rows in batches of 10, so that the last batch has one.
        var options = Trainers.Options with
        {
            Columns = [InputColumn.Number("Number"), InputColumn.Category("Category")],
            Normalization = normalization,
            Activation = activation,
            EnsembleSize = members,
            BatchSize = 10,
            MaxEpochs = 15,
            ValidationFraction = 0,
        };

        var model = EstimatorWorkout.Run(Trainers.Of(options), TrainingRow.View(TrainingRow.Learnable(91, seed: 1)));

        Assert.IsGreaterThan(0.95, Trainers.AreaUnderCurve(model, TrainingRow.Learnable(300, seed: 2)));
    }

    public static string NameOf(MethodInfo method, object[] data) => $"{method.Name} {data[0]}";

    private static IEnumerable<object[]> Forms =>
        from combination in Enum.GetValues<ColumnCombination>()
        from normalization in Enum.GetValues<Normalization>()
        from activation in Enum.GetValues<ActivationFunction>()
        from members in new[] { 1, 3 }
        let hidden = members == 1 && activation == ActivationFunction.Tanh ? (int[])[] : [7, 6]
        select new object[] { new HeadShape(hidden, combination, activation, normalization, members) };

    private static RowBatch Cut(NetworkRow[] rows)
    {
        InputColumn[] columns = [InputColumn.Category(nameof(NetworkRow.Category)), InputColumn.Sequence(nameof(NetworkRow.Gru)), InputColumn.Sequence(nameof(NetworkRow.Mean))];
        var random = new Random(1);
        LabelSource Source(Func<float> next) => new("Label", true, (_, _) => next);
        var table = new TrainingTableReader(columns, [Source(() => random.Next(3)), Source(() => random.Next(2)), Source(random.NextSingle)], null).Read(NetworkRow.View(rows), CancellationToken.None);
        return new Batcher(table, [null, null, null]).Cut([.. Enumerable.Range(0, rows.Length)], UnknownDropout.None);
    }

    /// <summary>All outputs of all rows by the managed forward pass, in the network's order.</summary>
    private static float[] Outputs(TrainedNetwork network, NetworkRow[] rows)
    {
        Assert.IsNull(network.Mismatch());
        var forward = new ForwardPass(network);
        var view = NetworkRow.View(rows);
        var columns = forward.Find(view.Schema);
        using var cursor = view.GetRowCursor(columns);
        var getter = forward.Over(cursor, columns);
        float[] all = new float[rows.Length * forward.Outputs];
        for (int row = 0; cursor.MoveNext(); row++) getter(all.AsSpan(row * forward.Outputs, forward.Outputs));
        return all;
    }

    /// <summary>Gives batch normalisation statistics that do something.</summary>
    private static void FillStatistics(MultiEmbeddingNetwork network)
    {
        using var noGradients = torch.no_grad();
        foreach (var (name, buffer) in network.named_buffers())
        {
            if (name.EndsWith("mean", StringComparison.Ordinal)) buffer.uniform_(-0.5, 0.5);
            else buffer.uniform_(0.3, 2);
        }
    }
}
