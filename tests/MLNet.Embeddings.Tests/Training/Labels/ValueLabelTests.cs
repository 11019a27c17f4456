using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Labels that are values of any type, from fitting to ML.NET's own evaluators on what was scored.</summary>
[TestClass]
public sealed class ValueLabelTests
{
    private static readonly MultiEmbeddingOptions Options = new()
    {
        LabelColumnName = "Area",
        Columns = [InputColumn.Number("Number", NumberEncoder.PiecewiseLinear())],
        LearningRate = 0.05,
        MaxEpochs = 20,
        Seed = 1,
    };

    private readonly MLContext _mlContext = new(1);

    private static readonly string[] Towns = ["west", "North", "east"];

    [TestMethod]
    [DataRow("text")]
    [DataRow("double")]
    [DataRow("long")]
    public void Multiclass_ValuesOfAnyType_AreClassesInTheirOrderAndEvaluated(string type)
    {
        switch (type)
        {
            case "text":
                CheckMulticlass(Towns, ["North", "east", "west"]);
                break;
            case "double":
                CheckMulticlass([10, 0.5, -3], ["-3", "0.5", "10"]);
                break;
            default:
                CheckMulticlass([10L, 9L, -3L], ["-3", "9", "10"]);
                break;
        }
    }

    private void CheckMulticlass<T>(T[] labels, string[] classes)
    {
        var view = ValueRow<T>.View(labels, 60);
        var model = EstimatorWorkout.SaveAndLoad(Multiclass().Fit(view), view.Schema);

        var scored = model.Transform(view);

        Assert.IsGreaterThan(0.99, _mlContext.MulticlassClassification.Evaluate(scored, labelColumnName: "Area").MacroAccuracy);
        Assert.AreEqual(scored.Schema["PredictedLabel"].Type, scored.Schema["Area"].Type);
        CollectionAssert.AreEqual(classes, Values<T>(scored.Schema["PredictedLabel"]));
        CollectionAssert.AreEqual(classes, Values<T>(scored.Schema["Area"]));
        CollectionAssert.AreEqual(
            labels.Select(label => (uint)Array.IndexOf(classes, FormattableString.Invariant($"{label}")) + 1).ToArray(),
            scored.GetColumn<uint>("Area").Take(3).ToArray());
    }

    [TestMethod]
    [DataRow("Yes", "nO", "Yes")]
    [DataRow("T", "f", "T")]
    [DataRow("NEG", "Pos", "Pos")]
    public void Binary_PlainTexts_AreEvaluated(string first, string second, string positive)
    {
        var view = ValueRow<string>.View([first, second], 60);

        var scored = EstimatorWorkout.SaveAndLoad(Binary().Fit(view), view.Schema).Transform(view);

        Assert.IsGreaterThan(0.99, _mlContext.BinaryClassification.Evaluate(scored, "Area").Accuracy);
        CollectionAssert.AreEqual(new[] { first == positive, second == positive }, scored.GetColumn<bool>("Area").Take(2).ToArray());
        CollectionAssert.AreEqual(new[] { first == positive, second == positive }, scored.GetColumn<bool>("PredictedLabel").Take(2).ToArray());
    }

    [TestMethod]
    public void Binary_NumbersKeysAndBooleans_TakeThePositiveLabel()
    {
        CheckBinary(ValueRow<int>.View([-1, 1], 60), null, [false, true]);
        CheckBinary(ValueRow<float>.View([1, 0], 60, float.NaN), null, [true, false]);
        CheckBinary(ValueRow<double>.View([2.5, 7], 60), "2.50", [true, false]);
        CheckBinary(ValueRow<bool>.View([true, false], 60), null, [true, false]);
        CheckBinary(ValueRow<bool>.View([true, false], 60), "false", [false, true]);
        var texts = ValueRow<string>.View(["left", "right"], 60, "");
        CheckBinary(_mlContext.Transforms.Conversion.MapValueToKey("Area").Fit(texts).Transform(texts), "right", [false, true]);
    }

    private void CheckBinary(IDataView view, string? positive, bool[] expected)
    {
        var model = Binary(positive).Fit(view);

        var scored = model.Transform(_mlContext.Data.TakeRows(view, 120)); // without a missing label

        CollectionAssert.AreEqual(expected, scored.GetColumn<bool>("Area").Take(2).ToArray());
        CollectionAssert.AreEqual(expected, scored.GetColumn<bool>("PredictedLabel").Take(2).ToArray());
        Assert.AreEqual(1, _mlContext.BinaryClassification.Evaluate(scored, "Area").AreaUnderRocCurve, 1e-6);
        Assert.AreEqual(view.GetColumn<float>("Number").Count() - 120, model.History.SkippedRows);
    }

    [TestMethod]
    public void Binary_ValuesThatCannotBeTold_SayWhatToDo()
    {
        Assert.AreEqual(
            "It is not plain which of the two values of the label column 'Area' is the positive one, 'left' or 'right'. Say so by PositiveLabel: " +
            "Labels = [LabelColumn.Binary(\"Area\") with { PositiveLabel = \"right\" }].", Message(["right", "left"], null));
        Assert.AreEqual(
            "PositiveLabel of label 'Area' is 'up', which is neither of its two values, 'left', 'right'. Correct it.", Message(["right", "left"], "up"));
        StringAssert.StartsWith(Message(Towns, null), "The label column 'Area' has 3 different values, 'North', 'east', 'west'; a binary label has two. Use ");
        StringAssert.StartsWith(Message(["yes", ""], null), "The label column 'Area' is 'yes' in all rows that have a label; two classes are needed");

        string Message(string[] labels, string? positive) =>
            Assert.ThrowsExactly<InvalidOperationException>(() => Binary(positive).Fit(ValueRow<string>.View(labels, 5))).Message;
    }

    [TestMethod]
    public void Binary_ValueThatTrainingDidNotKnow_IsAnErrorOnlyWhereItIsRead()
    {
        var view = ValueRow<string>.View(["yes", "no"], 60);
        var scored = Binary().Fit(view).Transform(ValueRow<string>.View(["yes", "perhaps", "no", "", "no"]));

        Assert.HasCount(5, Networks.Scores(scored));
        Assert.AreEqual(
            "The label column 'Area' holds 'perhaps' in row 1; the network knows 'no' and 'yes'. Correct the value, or filter the row out before it is " +
            "evaluated.",
            Assert.ThrowsExactly<InvalidOperationException>(() => scored.GetColumn<bool>("Area").ToArray()).Message);
        using var cursor = scored.GetRowCursor(scored.Schema);
        var (label, score) = (cursor.GetGetter<bool>(cursor.Schema["Area"]), cursor.GetGetter<float>(cursor.Schema["Score"]));
        string read = "";
        while (cursor.MoveNext())
        {
            bool value = false;
            float number = float.NaN;
            score(ref number);
            Assert.IsFalse(float.IsNaN(number));
            try
            {
                label(ref value);
                read += value ? "y" : "n";
            }
            catch (InvalidOperationException)
            {
                read += "-";
            }
        }
        Assert.AreEqual("y-n-n", read);
    }

    [TestMethod]
    public void Multiclass_ValueThatTrainingDidNotKnow_IsKeyZero()
    {
        var scored = Multiclass().Fit(ValueRow<string>.View(Towns, 60)).Transform(ValueRow<string>.View(["east", "south", "", "west"]));

        CollectionAssert.AreEqual(new uint[] { 2, 0, 0, 3 }, scored.GetColumn<uint>("Area").ToArray());
    }

    [TestMethod]
    public void Multiclass_LabelOfAnotherTypeOrNone_ScoresTheSame()
    {
        var model = Multiclass().Fit(ValueRow<int>.View([3, 5, 8], 60));
        var floats = model.Transform(ValueRow<float>.View([3, 5, 8, 5.5f]));
        var unlabelled = model.Transform(_mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new UnlabelledRow { Number = i })));
        var vectors = model.Transform(ValueRow<float[]>.View([[3], [5], [8], [8]]));

        CollectionAssert.AreEqual(new uint[] { 1, 2, 3, 0 }, floats.GetColumn<uint>("Area").ToArray());
        CollectionAssert.AreEqual(floats.GetColumn<uint>("PredictedLabel").ToArray(), unlabelled.GetColumn<uint>("PredictedLabel").ToArray());
        Assert.IsNull(unlabelled.Schema.GetColumnOrNull("Area"));
        Assert.IsInstanceOfType<VectorDataViewType>(vectors.Schema["Area"].Type);
    }

    [TestMethod]
    public void PredictionEngine_WithAndWithoutALabel_PredictsTheSame()
    {
        var model = Multiclass().Fit(ValueRow<string>.View(Towns, 60));
        using var with = _mlContext.Model.CreatePredictionEngine<ValueRow<string>, AreaKeyPrediction>(model);
        using var without = _mlContext.Model.CreatePredictionEngine<UnlabelledRow, AreaKeyPrediction>(model);

        Assert.AreEqual(2u, with.Predict(new() { Number = 2, Area = "nowhere" }).PredictedLabel);
        Assert.AreEqual(2u, without.Predict(new() { Number = 2 }).PredictedLabel);

        var binary = Binary().Fit(ValueRow<string>.View(["yes", "no"], 60));
        using var yes = _mlContext.Model.CreatePredictionEngine<ValueRow<string>, AreaPrediction>(binary);
        Assert.IsTrue(yes.Predict(new() { Number = 0, Area = "nowhere" }).PredictedLabel);
    }

    [TestMethod]
    public void Stacked_AndDataFrame_KeepWhatIsThere()
    {
        var view = ValueRow<string>.View(Towns, 60);
        var first = Multiclass().Fit(view);
        var second = Multiclass().Fit(first.Transform(view));

        var twice = second.Transform(first.Transform(view));
        Assert.AreEqual(1, _mlContext.MulticlassClassification.Evaluate(twice, "Area").MicroAccuracy, 1e-6);

        var frame = new DataFrame(new SingleDataFrameColumn("Number", [0, 1, 2]), new StringDataFrameColumn("Area", Towns));
        var scored = first.Score(frame);
        CollectionAssert.AreEqual(Towns, scored["Area"].Cast<string>().ToArray());
        CollectionAssert.AreEqual(Towns, scored["PredictedLabel"].Cast<object>().Select(value => value.ToString()).ToArray());
    }

    [TestMethod]
    [DataRow("binary")]
    [DataRow("multiclass")]
    [DataRow("regression")]
    public void Workout_ValuesOfOtherTypes_Passes(string task)
    {
        var options = Options with { MaxEpochs = 2 };
        switch (task)
        {
            case "binary":
                Run(_mlContext.BinaryClassification.Trainers.MultiEmbedding(options), ValueRow<string>.View(["yes", "no"], 20));
                break;
            case "multiclass":
                Run(_mlContext.MulticlassClassification.Trainers.MultiEmbedding(options), ValueRow<string>.View(Towns, 20, ""));
                break;
            default:
                Run(_mlContext.Regression.Trainers.MultiEmbedding(options), ValueRow<long>.View([1_700_000_000_000, 1_700_000_000_123], 20));
                break;
        }

        static void Run(MultiEmbeddingTrainer trainer, IDataView view) => EstimatorWorkout.Run(trainer, view, EstimatorWorkout.Without(view, "Number"));
    }

    [TestMethod]
    public void Regression_NumbersFarFromZero_AreLearnedInTheirUnit()
    {
        // Whole numbers near 1.7e12, where 32 bits tell no two of them apart.
        long[] labels = [.. Enumerable.Range(0, 50).Select(i => 1_700_000_000_000 + 20 * i)];
        var trainer = _mlContext.Regression.Trainers.MultiEmbedding(Options with { BatchSize = 32 });

        var history = trainer.Fit(ValueRow<long>.View(labels, 10)).History;

        var best = history.Epochs[history.BestEpoch - 1];
        Assert.IsLessThan(0.1, best.ValidationLoss!.Value, "Squared error in deviations.");
        var model = trainer.Fit(ValueRow<int>.View([.. labels.Select(label => (int)(label - 1_699_999_999_000))], 10));
        var scored = model.Transform(ValueRow<int>.View([1000, 1500, 1980]));
        Assert.AreEqual(NumberDataViewType.Single, scored.Schema["Area"].Type);
        CollectionAssert.AreEqual(new[] { 1000f, 1500, 1980 }, scored.GetColumn<float>("Area").ToArray());
        Assert.IsGreaterThan(0.9, _mlContext.Regression.Evaluate(
            model.Transform(ValueRow<int>.View([.. labels.Select(label => (int)(label - 1_699_999_999_000))])), "Area").RSquared);
    }

    [TestMethod]
    public void Fit_Previous_PutsNewClassesBehindTheKnown()
    {
        var earlier = Multiclass().Fit(ValueRow<string>.View(["m", "z"], 60));

        var model = Multiclass().Fit(ValueRow<string>.View(["m", "z", "b", "a"], 60), earlier);

        CollectionAssert.AreEqual(new[] { "m", "z", "a", "b" }, Values<string>(model.GetOutputSchema(ValueRow<string>.View([]).Schema)["PredictedLabel"]));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<InvalidOperationException>(() =>
                Multiclass().Fit(ValueRow<string>.View(Towns, 5), Multiclass().Fit(ValueRow<int>.View([1, 2], 9)))).Message,
            "The text 'North' is no class of type Int32. It is in the label column 'Area', whose classes the earlier model knows as values of that type. " +
            "Convert the column to it by mlContext.Transforms.Conversion.ConvertType(\"Area\", outputKind: DataKind.Int32) before the trainer.");

        var sides = Binary("left").Fit(ValueRow<string>.View(["left", "right"], 60));
        var on = Binary().Fit(ValueRow<string>.View(["right", "left"], 60), sides); // what is positive is known
        CollectionAssert.AreEqual(new[] { true, false }, on.Transform(ValueRow<string>.View(["left", "right"])).GetColumn<bool>("Area").ToArray());
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => Binary("right").Fit(ValueRow<string>.View(["left", "right"], 60), sides)).Message,
            "The positive value of label 'Area' was 'left' and is 'right'. Set its PositiveLabel to what it was.");
    }

    private MultiEmbeddingTrainer Multiclass() => _mlContext.MulticlassClassification.Trainers.MultiEmbedding(Options);

    private MultiEmbeddingTrainer Binary(string? positive = null) => _mlContext.BinaryClassification.Trainers.MultiEmbedding(
        Options with { Labels = [LabelColumn.Binary("Area") with { PositiveLabel = positive }] });

    private static string[] Values<T>(DataViewSchema.Column column)
    {
        if (typeof(T) == typeof(string))
        {
            VBuffer<ReadOnlyMemory<char>> texts = default;
            column.GetKeyValues(ref texts);
            return [.. texts.DenseValues().Select(text => text.ToString())];
        }
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => FormattableString.Invariant($"{value}"))];
    }
}
