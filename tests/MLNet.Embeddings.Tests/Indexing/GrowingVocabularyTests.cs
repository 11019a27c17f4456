using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Fitting that goes on from an earlier fit: old terms keep their keys, new ones come behind.</summary>
[TestClass]
public sealed class GrowingVocabularyTests
{
    [TestMethod]
    public void FitTokens_Previous_AppendsNewTermsByTheirCount()
    {
        var estimator = Tokens();
        var first = estimator.Fit(TextRow.View("b b a"));

        var grown = estimator.Fit(TextRow.View("z y y", "a c c c x"), first);

        Assert.AreEqual("[UNK] b a c y x z", string.Join(' ', grown.Terms));
        Assert.AreEqual("[UNK] b a", string.Join(' ', first.Terms));
        Assert.AreEqual("2 3 4 1", Keys(grown, "b a c new"));
        Assert.AreEqual("2 3 1 1", Keys(first, "b a c new"));
        Assert.AreEqual("[UNK] c y a x z", string.Join(' ', estimator.Fit(TextRow.View("z y y", "a c c c x")).Terms), "nothing stays with the estimator");
    }

    [TestMethod]
    public void FitTokens_CapAndMinCount_HoldForNewTermsInNewData()
    {
        var first = Tokens().Fit(TextRow.View("a b c"));

        Assert.AreEqual("[UNK] a b c x y", string.Join(' ', Tokens(new() { MaxTerms = 2 }).Fit(TextRow.View("a x y z"), first).Terms));
        Assert.AreEqual("[UNK] a b c y", string.Join(' ', Tokens(new() { MinCount = 2 }).Fit(TextRow.View("x y y c"), first).Terms));
    }

    [TestMethod]
    public void FitTokens_Loaded_GoesOnAndPassesOn()
    {
        var data = TextRow.View("b b a");
        var loaded = (TokenIndexingTransformer)EstimatorWorkout.SaveAndLoad(Tokens().Fit(data), data.Schema);

        var grown = (TokenIndexingTransformer)EstimatorWorkout.SaveAndLoad(Tokens().Fit(TextRow.View("c"), loaded), data.Schema);
        var again = Tokens().Fit(TextRow.View("b d"), grown);

        Assert.AreEqual("[UNK] b a c d", string.Join(' ', again.Terms));
        Assert.AreEqual("2 3 4 5", Keys(again, "b a c d"));
    }

    [TestMethod]
    public void FitTokens_HashedNgrams_KeepTheirKeys()
    {
        var estimator = Tokens(new() { NgramLength = 2, NgramHashBuckets = 10 });
        var first = estimator.Fit(TextRow.View("b b a"));

        var grown = estimator.Fit(TextRow.View("c"), first);

        Assert.AreEqual(Keys(first, "b a"), Keys(grown, "b a"));
        Assert.AreEqual("14", Keys(grown, "c"));
    }

    [TestMethod]
    public void FitTokens_NgramsAfterTokensAlone_AreNewTerms()
    {
        var first = Tokens().Fit(TextRow.View("b b a"));

        Assert.AreEqual("[UNK],b,a,b a", string.Join(',', Tokens(new() { NgramLength = 2 }).Fit(TextRow.View("b a"), first).Terms));
    }

    [TestMethod]
    public void Fit_GivenVocabulary_AppendsWhatIsNewInItsOrder()
    {
        var first = Tokens().Fit(TextRow.View("b b a"));
        var unreadable = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 1).Select<int, TextRow>(_ => throw new InvalidOperationException("read")));

        Assert.AreEqual("[UNK] b a z y", string.Join(' ', Tokens(new() { Vocabulary = ["z", "a", "y"] }).Fit(unreadable, first).Terms));
    }

    [TestMethod]
    public void FitCategories_Previous_AppendsNewValues()
    {
        var first = Categories().Fit(TextRow.View("8", "8", "x"));
        var numbers = new MLContext().Data.LoadFromEnumerable([new { Text = 9f }, new { Text = 8f }, new { Text = 7f }, new { Text = 9f }]);

        var grown = Categories().Fit(numbers, first);

        Assert.AreEqual("[UNK] 8 x 9 7", string.Join(' ', grown.Terms));
        CollectionAssert.AreEqual(new uint[] { 4, 2, 5, 4 }, grown.Transform(numbers).GetColumn<uint>("Keys").ToArray());
    }

    [TestMethod]
    public void Fit_AllHashed_GivesTheSameKeys()
    {
        var (tokens, categories) = (Tokens(new() { HashBuckets = 9 }), Categories(new() { HashBuckets = 9 }));
        var data = TextRow.View("b a");

        Assert.AreEqual(Keys(tokens.Fit(data), "b a"), Keys(tokens.Fit(data, tokens.Fit(data)), "b a"));
        CollectionAssert.AreEqual(Rows.Of(categories.Fit(data).Transform(data)), Rows.Of(categories.Fit(data, categories.Fit(data)).Transform(data)));
    }

    [TestMethod]
    public void Fit_Previous_ReportsWhatIsNew()
    {
        var context = new MLContext();
        var messages = new List<string>();
        context.Log += (_, message) => messages.Add(message.RawMessage);
        var first = Tokens().Fit(TextRow.View("b b a"));

        context.Transforms.Text.IndexTokens("Keys", "Text", new() { MaxTerms = 1 }).Fit(TextRow.View("b c d d"), first);

        CollectionAssert.Contains(messages, "Vocabulary of column 'Text': 2 of 3 terms have keys, 1 of them new ones; 1 of 4 occurrences are unknown.");
    }

    [TestMethod]
    public void Fit_PreviousOfOtherSettings_SaysWhichDiffer()
    {
        var tokens = Tokens().Fit(TextRow.View("a"));
        var categories = Categories().Fit(TextRow.View("a"));

        Assert.AreEqual(
            """
            The earlier step cannot be used:
            Its Standardize is True, that of this estimator False; they must be the same.
            Its Split is Word, that of this estimator Character; they must be the same.
            Its NgramHashBuckets is null, that of this estimator 5; they must be the same. (Parameter 'previous')
            """,
            Error(() => Tokens(new() { Standardize = false, Split = TokenSplit.Character, NgramLength = 2, NgramHashBuckets = 5 })
                .Fit(TextRow.View("a"), tokens)));
        Assert.AreEqual(
            """
            The earlier step cannot be used:
            Its HashBuckets is null, that of this estimator 5; they must be the same.
            Its HashFunctions is 1, that of this estimator 2; they must be the same.
            Its UnknownTerm is [UNK], that of this estimator ?; they must be the same. (Parameter 'previous')
            """,
            Error(() => Categories(new() { HashBuckets = 5, HashFunctions = 2, UnknownTerm = "?" }).Fit(TextRow.View("a"), categories)));
    }

    [TestMethod]
    public void Fit_NoPrevious_IsRefused()
    {
        Assert.AreEqual("previous", Assert.ThrowsExactly<ArgumentNullException>(() => Tokens().Fit(TextRow.View("a"), null!)).ParamName);
        Assert.AreEqual("previous", Assert.ThrowsExactly<ArgumentNullException>(() => Categories().Fit(TextRow.View("a"), null!)).ParamName);
    }

    [TestMethod]
    public void Fit_NoRows_SaysSo()
    {
        var first = Tokens().Fit(TextRow.View("a"));

        Assert.ThrowsExactly<InvalidOperationException>(() => Tokens().Fit(TextRow.View(), first));
    }

    private static TokenIndexingEstimator Tokens(TokenIndexingOptions? options = null) => new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options);

    private static CategoryIndexingEstimator Categories(CategoryIndexingOptions? options = null) =>
        new MLContext().Transforms.Categorical.IndexCategories("Keys", "Text", options);

    private static string Keys(TokenIndexingTransformer transformer, string text) =>
        string.Join(' ', transformer.Transform(TextRow.View(text)).GetColumn<uint[]>("Keys").Single());

    private static string Error(Action fit) => Assert.ThrowsExactly<ArgumentException>(fit).Message;
}
