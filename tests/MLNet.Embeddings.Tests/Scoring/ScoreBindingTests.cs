using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ScoreBindingTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void GetRow_NoAddedColumnAsked_NeedsNoInput()
    {
        var row = MemoryRow.OfEveryKind();
        var mapper = CreateTransformer().GetRowToRowMapper(row.Schema);

        using var mapped = mapper.GetRow(row, [mapper.OutputSchema["Mean"]]);

        CollectionAssert.AreEqual(Array.Empty<string>(), row.Requested.ToArray());
        Assert.IsFalse(mapped.IsColumnActive(mapped.Schema["Score"]));
        CollectionAssert.AreEqual(new[] { "Mean" }, Names(mapper.GetDependencies([mapper.OutputSchema["Mean"]])));
        CollectionAssert.AreEqual(Array.Empty<string>(), Names(mapper.GetDependencies([])));
        Assert.AreEqual(
            "Column 'Score' is not active; ask for it when the cursor is made.",
            Assert.ThrowsExactly<InvalidOperationException>(() => mapped.GetGetter<float>(mapped.Schema["Score"])).Message);
    }

    [TestMethod]
    public void GetDependencies_Score_AreTheNetworksColumns()
    {
        var mapper = CreateTransformer().GetRowToRowMapper(NetworkRow.View().Schema);

        CollectionAssert.AreEquivalent(
            new[] { "Category", "Gru", "Mean", "Max", "Attention", "Bag", "Numbers" }, Names(mapper.GetDependencies([mapper.OutputSchema["Score"]])));
    }

    [TestMethod]
    [DataRow("Category", "category")]
    [DataRow("Gru", "sequence")]
    [DataRow("Numbers", "number")]
    public void Transform_ColumnMissing_NamesItAndItsRole(string name, string role)
    {
        var view = _mlContext.Transforms.DropColumns(name).Fit(NetworkRow.View()).Transform(NetworkRow.View());

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CreateTransformer().Transform(view));

        StringAssert.StartsWith(error.Message, $"Could not find {role} column '{name}'. The input has: ");
    }

    [TestMethod]
    [DataRow("Category", "Label", "Schema mismatch for category column 'Category': expected Key, got Boolean. ")]
    [DataRow("Gru", "Category", "Schema mismatch for sequence column 'Gru': expected Vector<Key>, got Key<UInt32, 0-2>. ")]
    [DataRow("Numbers", "Mean", "Schema mismatch for number column 'Numbers': expected a number, Boolean or vector of numbers, got Vector<Key<UInt32, 0-4>>. ")]
    public void Transform_ColumnOfAnotherType_NamesItAndTheType(string name, string source, string start)
    {
        var view = _mlContext.Transforms.CopyColumns(name, source).Fit(NetworkRow.View()).Transform(NetworkRow.View());

        StringAssert.StartsWith(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CreateTransformer().Transform(view)).Message, start);
    }

    [TestMethod]
    public void Transform_VectorOfAnotherKnownSize_NamesBothSizes()
    {
        var view = _mlContext.Transforms.Concatenate("Numbers", "Numbers", "Numbers").Fit(NetworkRow.View()).Transform(NetworkRow.View());

        Assert.AreEqual(
            "Schema mismatch for number column 'Numbers': expected a vector of 2 numbers, got Vector<Single, 4>. Give as many numbers as in training. " +
            "(Parameter 'inputSchema')",
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CreateTransformer().Transform(view)).Message);
    }

    [TestMethod]
    public void Transform_ScalarWhereAVectorWasTrained_NamesBoth()
    {
        var network = Networks.Random(1, [], new NumberShape(nameof(NumberRow<>.Number), Size: 3, MissingIndicator: false));

        StringAssert.StartsWith(
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Networks.Score(network, _mlContext.Data.LoadFromEnumerable<NumberRow<int>>([]))).Message,
            "Schema mismatch for number column 'Number': expected a vector of 3 numbers, got Int32.");
    }

    [TestMethod]
    public void Transform_VectorOfUnknownSize_IsCheckedRowByRow()
    {
        var network = Networks.Random(1, [], new NumberShape(nameof(NumberRow<>.Numbers), Size: 2, MissingIndicator: false));
        var view = _mlContext.Data.LoadFromEnumerable<NumberRow<double>>([new() { Numbers = [1, 2] }, new() { Numbers = [1, 2, 3] }]);
        using var cursor = Networks.Transformer(network).Transform(view).GetRowCursor([.. Networks.Transformer(network).GetOutputSchema(view.Schema)]);
        var getter = cursor.GetGetter<float>(cursor.Schema["Score"]);
        float score = 0;
        cursor.MoveNext();
        getter(ref score);
        cursor.MoveNext();

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => getter(ref score));

        Assert.AreEqual(
            "Column 'Numbers' holds 3 numbers in row 1; the network was trained with 2. Give as many numbers as in training, NaN where one is missing.",
            error.Message);
    }

    [TestMethod]
    public void Transform_KeyColumnOfALargerVocabulary_IsAnErrorOnlyWhereSuchAKeyOccurs()
    {
        var network = Networks.Random(1, [], new SequenceShape(nameof(KeyRow<>.Keys), KeyCount: 3, Dimensions: 2, SequenceEncoder.Mean()));

        Assert.HasCount(1, Networks.Score(network, _mlContext.Data.LoadFromEnumerable<KeyRow<uint>>([new() { Keys = [3] }])));
        StringAssert.StartsWith(
            Assert.ThrowsExactly<InvalidOperationException>(() =>
                Networks.Score(network, _mlContext.Data.LoadFromEnumerable<KeyRow<uint>>([new() { Keys = [4] }]))).Message,
            "Column 'Keys' holds key 4 in row 0; the network knows keys up to 3.");
    }

    private static MultiEmbeddingTransformer CreateTransformer() => Networks.Transformer(Networks.OfEveryKind());

    private static string[] Names(IEnumerable<DataViewSchema.Column> columns) => [.. columns.Select(column => column.Name)];
}
