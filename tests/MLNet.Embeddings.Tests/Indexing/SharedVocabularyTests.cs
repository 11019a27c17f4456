using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Indexing of several columns with one vocabulary.</summary>
[TestClass]
public sealed class SharedVocabularyTests
{
    [TestMethod]
    public void IndexTokens_TwoColumns_PassesWorkout()
    {
        var data = View(new() { First = "a nice dress", Second = "nice" }, new() { First = "", Second = null }, new() { First = "b", Second = "a b c" });
        TokenIndexingOptions[] all =
        [
            new(), new() { MaxLength = 2, FixedLength = true }, new() { NgramLength = 2, MinCount = 2 }, new() { HashBuckets = 9 },
        ];
        foreach (var options in all)
            EstimatorWorkout.Run(Tokens(options), data, EstimatorWorkout.Without(data, "First"), EstimatorWorkout.Without(data, "Second"));
    }

    [TestMethod]
    public void IndexCategories_ColumnsOfSeveralTypes_PassesWorkout()
    {
        var data = new MLContext().Data.LoadFromEnumerable(
        [
            new { First = "8", Second = new[] { 8f, 0 } }, new { First = "", Second = new[] { float.NaN, 8 } }, new { First = "x", Second = new[] { 1f, 1 } },
        ]);

        var transformer = EstimatorWorkout.Run(Categories(new()), data, EstimatorWorkout.Without(data, "First"), EstimatorWorkout.Without(data, "Second"));
        EstimatorWorkout.Run(Categories(new() { HashBuckets = 9, HashFunctions = 2 }), data);

        Assert.AreEqual("[UNK] 8 1 0 x", string.Join(' ', transformer.Terms));
    }

    [TestMethod]
    public void Fit_TwoColumns_CountsTheirTermsTogether()
    {
        var data = View(new() { First = "b b a", Second = "c a" }, new() { First = "b", Second = "a a" });

        var tokens = Tokens(new() { MinCount = 2 }).Fit(data);
        var view = tokens.Transform(data);

        Assert.AreEqual("[UNK] a b", string.Join(' ', tokens.Terms));
        Assert.AreEqual("3 3 2|3", Keys(view, "FirstKeys"));
        Assert.AreEqual("1 2|2 2", Keys(view, "SecondKeys"));
        Assert.AreEqual(view.Schema["FirstKeys"].Type, view.Schema["SecondKeys"].Type);
        Assert.IsTrue(view.Schema["FirstKeys"].HasUnknownKey() && view.Schema["SecondKeys"].HasUnknownKey());
    }

    [TestMethod]
    public void Fit_ColumnUsedTwice_CountsItOnce()
    {
        var context = new MLContext();
        var data = View(new TwoTexts { First = "z", Second = "b b" });
        InputOutputColumnPair[] columns = [new("X", "First"), new("Y", "First"), new("Z", "First"), new("W", "Second")];

        Assert.AreEqual("[UNK] b z", string.Join(' ', context.Transforms.Text.IndexTokens(columns).Fit(data).Terms));
        Assert.AreEqual("[UNK] b b z", string.Join(' ', context.Transforms.Categorical.IndexCategories(columns).Fit(data).Terms));
    }

    [TestMethod]
    public void Transform_ColumnsMadeInEachOthersPlace_ReadsTheOldOnes()
    {
        var data = View(new TwoTexts { First = "a a", Second = "b" });

        var view = new MLContext().Transforms.Text.IndexTokens([new("First", "Second"), new("Second", "First")]).Fit(data).Transform(data);

        Assert.AreEqual("3", Keys(view, "First"));
        Assert.AreEqual("2 2", Keys(view, "Second"));
    }

    [TestMethod]
    [DataRow("FirstKeys,SecondKeys")]
    [DataRow("SecondKeys,Second")]
    public void Cursor_ManyRows_GivesWhatSingleRowsGive(string columns)
    {
        var random = new Random(1);
        string Text() => string.Join(' ', random.GetItems(["a", "b", "c", "d", "e"], random.Next(40)));
        var data = View([.. Enumerable.Range(0, 700).Select(_ => new TwoTexts { First = Text(), Second = Text() })]);
        var transformer = Tokens(new() { MaxTerms = 4, NgramLength = 2 }).Fit(data);
        string[] kept = columns.Split(',');

        var single = transformer.GetRowToRowMapper(data.Schema);
        using var input = data.GetRowCursor(data.Schema);
        using var row = single.GetRow(input, kept.Select(name => single.OutputSchema[name]));
        var view = transformer.Transform(data);
        using var cursor = view.GetRowCursor(kept.Select(name => view.Schema[name]));

        var keys = new[] { row, cursor }.Select(from => kept.Where(name => name.EndsWith("Keys", StringComparison.Ordinal))
            .Select(name => from.GetGetter<VBuffer<uint>>(from.Schema[name])).ToArray()).ToArray();
        var (expected, given) = (default(VBuffer<uint>), default(VBuffer<uint>));
        while (input.MoveNext())
        {
            Assert.IsTrue(cursor.MoveNext());
            foreach (var (getExpected, getGiven) in keys[0].Zip(keys[1]))
            {
                getExpected(ref expected);
                getGiven(ref given);
                CollectionAssert.AreEqual(expected.DenseValues().ToArray(), given.DenseValues().ToArray());
            }
        }
        Assert.IsFalse(cursor.MoveNext());
    }

    [TestMethod]
    public void Cursor_OneColumnAsked_ReadsNotTheOther()
    {
        var fitted = View(new TwoTexts { First = "a", Second = "b" });
        var data = new MLContext().Data.LoadFromEnumerable([new Unreadable { First = "a" }]);

        var tokens = Tokens(new()).Fit(fitted).Transform(data);
        var categories = Categories(new()).Fit(fitted).Transform(data);

        Assert.AreEqual("2", Keys(tokens, "FirstKeys"));
        Assert.AreEqual(2u, categories.GetColumn<uint>("FirstKeys").Single());
    }

    [TestMethod]
    public void Fit_NoRows_NamesAllColumns() => Assert.AreEqual(
        "The terms of columns 'First', 'Second' cannot be learned, because the data has no rows. " +
        "Fit on data with rows, or give the terms in the option Vocabulary.",
        Assert.ThrowsExactly<InvalidOperationException>(() => Tokens(new()).Fit(View())).Message);

    private static TokenIndexingEstimator Tokens(TokenIndexingOptions options) => new MLContext().Transforms.Text.IndexTokens(Pairs(), options);

    private static CategoryIndexingEstimator Categories(CategoryIndexingOptions options) =>
        new MLContext().Transforms.Categorical.IndexCategories(Pairs(), options);

    private static InputOutputColumnPair[] Pairs() => [new("FirstKeys", "First"), new("SecondKeys", "Second")];

    private static IDataView View(params TwoTexts[] rows) => new MLContext().Data.LoadFromEnumerable(rows);

    private static string Keys(IDataView view, string column) => string.Join('|', view.GetColumn<uint[]>(column).Select(keys => string.Join(' ', keys)));

    private sealed class TwoTexts
    {
        public string? First { get; set; }
        public string? Second { get; set; }
    }

    private sealed class Unreadable
    {
        public string? First { get; set; }
        public string Second { get => field ?? throw new InvalidOperationException("read"); set; }
    }
}
