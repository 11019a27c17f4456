using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Labels and settings of labels that cannot be used.</summary>
[TestClass]
public sealed class BadLabelTests
{
    private static readonly MultiEmbeddingOptions Options = new()
    {
        Columns = [InputColumn.Number("Number")],
        HiddenUnits = [8],
        MaxEpochs = 1,
        Seed = 1,
    };

    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _rows = LabelRow.View(LabelRow.Random(50, seed: 1));

    [TestMethod]
    public void Fit_LabelOfAnotherType_SaysWhichIsNeededAndHowToMakeIt()
    {
        var times = ValueRow<DateTime>.View([default]);
        AssertRefused(
            "Schema mismatch for label column 'Area': expected Key, Text, Boolean or a number type, got DateTime. Make keys of its values with " +
            "mlContext.Transforms.Conversion.MapValueToKey(\"Area\") before the trainer.",
            _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options with { LabelColumnName = "Area" }), times);
        AssertRefused("Schema mismatch for label column 'Area': expected Boolean, or two values of Text, a number type or a key, got DateTime. Convert it " +
            "with mlContext.Transforms.Conversion.ConvertType(\"Area\", outputKind: DataKind.String) before the trainer.",
            _mlContext.BinaryClassification.Trainers.MultiEmbedding(Options with { LabelColumnName = "Area" }), times);
        AssertRefused("Schema mismatch for label column 'IsHigh': expected a number, got Boolean. Convert it with " +
            "mlContext.Transforms.Conversion.ConvertType(\"IsHigh\", outputKind: DataKind.Single) before the trainer.",
            _mlContext.Regression.Trainers.MultiEmbedding(Options with { LabelColumnName = "IsHigh" }));
        AssertRefused("Schema mismatch for label column 'KindKey': expected a number, got Key<UInt32, 0-3>. Leave out the step that makes keys of it.",
            _mlContext.Regression.Trainers.MultiEmbedding(Options with { LabelColumnName = "KindKey" }));
    }

    [TestMethod]
    public void Fit_OneClassOnly_IsAnError()
    {
        var rows = LabelRow.Random(20, seed: 1);
        foreach (var row in rows) row.Kind = "small";
        var trainer = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options with { LabelColumnName = "KindKey" });

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(LabelRow.View(rows)));

        StringAssert.StartsWith(error.Message, "The label column 'KindKey' has one class only in 20 rows; two classes are needed");
    }

    [TestMethod]
    public void Fit_NoLabels_IsAnError()
    {
        var rows = LabelRow.Random(20, seed: 1);
        foreach (var row in rows) (row.Amount, row.Kind) = (float.NaN, "none of them");
        var one = _mlContext.Regression.Trainers.MultiEmbedding(Options with { LabelColumnName = "Amount" });
        var two = _mlContext.MultiOutput().Trainers.MultiEmbedding(
            Options with { Labels = [LabelColumn.Regression("Amount"), LabelColumn.Multiclass("KindKey")] });

        Assert.AreEqual("The label column 'Amount' is missing in all 20 rows; rows with a label are needed.",
            Assert.ThrowsExactly<InvalidOperationException>(() => one.Fit(LabelRow.View(rows))).Message);
        Assert.AreEqual("The label columns 'Amount', 'KindKey' are missing in all 20 rows; rows with a label are needed.",
            Assert.ThrowsExactly<InvalidOperationException>(() => two.Fit(LabelRow.View(rows))).Message);
    }

    [TestMethod]
    public void Fit_RowsWithoutAnyOfTheirLabels_AreCountedAndSaid()
    {
        var rows = LabelRow.Random(20, seed: 1);
        (rows[3].Amount, rows[3].Kind) = (float.NaN, "none of them");
        var trainer = _mlContext.MultiOutput().Trainers.MultiEmbedding(
            Options with { Labels = [LabelColumn.Regression("Amount"), LabelColumn.Multiclass("KindKey")], MaxEpochs = 1 });

        CollectionAssert.Contains(
            trainer.Fit(LabelRow.View(rows)).History.Warnings.ToArray(), "1 rows were left out because their labels 'Amount', 'KindKey' are all missing.");
    }

    [TestMethod]
    public void Fit_InfiniteLabel_SaysWhere()
    {
        var rows = LabelRow.Random(20, seed: 1);
        rows[3].Amount = float.PositiveInfinity;

        var error = Assert.ThrowsExactly<InvalidOperationException>(() =>
            _mlContext.Regression.Trainers.MultiEmbedding(Options with { LabelColumnName = "Amount" }).Fit(LabelRow.View(rows)));

        StringAssert.StartsWith(error.Message, "The label column 'Amount' holds Infinity in row 3;");
    }

    [TestMethod]
    public void Fit_ConstantNumber_IsLearned()
    {
        var rows = LabelRow.Random(40, seed: 1);
        foreach (var row in rows) row.Amount = 12;

        var model = _mlContext.Regression.Trainers.MultiEmbedding(Options with { LabelColumnName = "Amount", MaxEpochs = 20, LearningRate = 0.02 })
            .Fit(LabelRow.View(rows));

        foreach (float score in Networks.Scores(model.Transform(_rows))) Assert.AreEqual(12, score, 0.5);
    }

    [TestMethod]
    public void Fit_ValidationRowsOfOtherClasses_IsAnError()
    {
        var other = _mlContext.Transforms.Conversion.MapValueToKey("KindKey", "Kind").Fit(_rows).Transform(_rows);
        var trainer = _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options with { LabelColumnName = "KindKey" });

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_rows, other));

        StringAssert.StartsWith(
            error.Message,
            "The label column 'KindKey' has other classes in the validation data (key 1 is 'rare') than in the training data " +
            "(key 1 is 'small'); they must agree.");
    }

    [TestMethod]
    public void Fit_WeightOfAClassThatIsNot_NamesTheClasses()
    {
        var label = LabelColumn.Multiclass("KindKey") with { ClassWeights = ClassWeights.Of(new Dictionary<string, double> { ["huge"] = 2 }) };

        var error = Assert.ThrowsExactly<InvalidOperationException>(() =>
            _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options with { Labels = [label] }).Fit(_rows));

        Assert.AreEqual(
            "ClassWeights of label 'KindKey' names the class 'huge', which does not exist. The classes are: 'small', 'middle', 'large', 'rare'. Correct the " +
            "name.", error.Message);
    }

    [TestMethod]
    public void Trainer_LabelsOfOtherKinds_IsRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() =>
            _mlContext.BinaryClassification.Trainers.MultiEmbedding(Options with { Labels = [LabelColumn.Regression("Amount")] }));
        StringAssert.Contains(error.Message, "Labels must hold one BinaryLabel for this trainer; it holds a RegressionLabel 'Amount'.");
        error = Assert.ThrowsExactly<ArgumentException>(() => _mlContext.MultiOutput().Trainers.MultiEmbedding(Options));
        StringAssert.Contains(error.Message, "Labels must hold at least one label, such as LabelColumn.Regression(\"Rating\").");
    }

    [TestMethod]
    public void Trainer_SettingsOutOfRange_AreAllReported()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => _mlContext.MultiOutput().Trainers.MultiEmbedding(Options with
        {
            Labels =
            [
                LabelColumn.Binary("") with { LabelSmoothing = 1, PositiveLabel = "" },
                LabelColumn.Multiclass("A") with { Weight = 0, ClassWeights = ClassWeights.Of(new Dictionary<string, double> { ["x"] = -1 }) },
                LabelColumn.Regression("A") with { Loss = (RegressionLoss)7, HuberDelta = double.NaN },
                LabelColumn.Regression("Number"),
                null!,
            ],
        }));

        foreach (string fault in new[]
        {
            "The name of a label column must not be empty.",
            "The label smoothing of label '' must be from 0 to below 1; it was 1.",
            "PositiveLabel of label '' must not be empty; leave it null where it is plain.",
            "The weight of label 'A' must be finite and above 0; it was 0.",
            "The weight of class 'x' of label 'A' must be finite and above 0; it was -1.",
            "The loss of label 'A' must be Squared, Absolute or Huber; it was 7.",
            "HuberDelta of label 'A' must be finite and above 0; it was NaN.",
            "Labels must name each column once; 'A' is there more often.",
            "Labels must not be or hold null.",
            "Columns must not hold the label column 'Number'.",
        })
        {
            StringAssert.Contains(error.Message, fault);
        }
    }

    private void AssertRefused(string message, MultiEmbeddingTrainer trainer, IDataView? rows = null) =>
        Assert.AreEqual($"{message} (Parameter 'inputSchema')", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(rows ?? _rows)).Message);
}
