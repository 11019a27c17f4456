using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary><c>IndexTokens</c> with hashed terms, all or the n-grams alone.</summary>
[TestClass]
public sealed class HashedTokenIndexingTests
{
    private static readonly string[] Texts = ["not good", "good good", "", "good at home"];

    [TestMethod]
    public void Estimator_Hashing_PassesWorkout()
    {
        TokenIndexingOptions[] all =
        [
            new() { HashBuckets = 1 },
            new() { HashBuckets = 1 << 24, NgramLength = 3, MaxLength = 4, FixedLength = true },
            new() { NgramHashBuckets = 10, NgramLength = 2, MinCount = 2 },
        ];
        foreach (var options in all)
            EstimatorWorkout.Run(Estimator(options), TextRow.View(Texts), new MLContext().Data.LoadFromEnumerable([new { Text = 1f }]));
    }

    [TestMethod]
    public void Fit_HashBuckets_ReadsNoDataAndKnowsAllTerms()
    {
        var unreadable = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 1).Select<int, TextRow>(_ => throw new InvalidOperationException("read")));

        var transformer = Estimator(new() { HashBuckets = 50, NgramLength = 2 }).Fit(unreadable);

        var expected = new[] { "any", "new", "word", "any new", "new word" }.Select(term => new HashedKeys(50).KeyOf(term));
        Assert.AreEqual(string.Join(' ', expected), Keys(transformer, "Any new word"));
        Assert.IsEmpty(transformer.Terms);
    }

    [TestMethod]
    public void Transform_HashBuckets_AnnotatesNeitherTermsNorUnknownKey()
    {
        var column = Estimator(new() { HashBuckets = 50 }).Fit(TextRow.View()).Transform(TextRow.View("a")).Schema["Keys"];

        Assert.IsFalse(column.HasUnknownKey());
        Assert.IsNull(column.Annotations.Schema.GetColumnOrNull("KeyValues"));
        Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(typeof(uint), 51)), column.Type);
    }

    [TestMethod]
    public void Transform_NgramHashBuckets_HashesNgramsBeforeTheVocabulary()
    {
        var transformer = Estimator(new() { NgramHashBuckets = 10, NgramLength = 2 }).Fit(TextRow.View(Texts));
        uint NgramKey(string term) => new HashedKeys(10).KeyOf(term);

        CollectionAssert.AreEqual(new[] { "[UNK]", "good", "at", "home", "not" }, transformer.Terms.ToArray());
        Assert.AreEqual($"15 12 {NgramKey("not good")}|12 1 {NgramKey("good luck")}|14|", Keys(transformer, "not good", "good luck", "home", ""));
    }

    [TestMethod]
    public void Transform_NgramHashBuckets_AnnotatesTheTermsOfTheVocabulary()
    {
        var column = Estimator(new() { NgramHashBuckets = 3, NgramLength = 2 }).Fit(TextRow.View("b b a")).Transform(TextRow.View("a")).Schema["Keys"];
        var terms = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref terms);

        Assert.AreEqual("[UNK],,,,b,a", string.Join(',', terms.DenseValues()));
        Assert.IsTrue(column.HasUnknownKey());
        Assert.AreEqual(6ul, ((KeyDataViewType)column.Type.ItemType()).Count);
    }

    [TestMethod]
    public void MapKeyToValue_NgramHashBuckets_GivesTheTokensBack()
    {
        var context = new MLContext();
        var pipeline = Estimator(new() { NgramHashBuckets = 3, NgramLength = 2 }).Append(context.Transforms.Conversion.MapKeyToValue("Terms", "Keys"));

        var view = pipeline.Fit(TextRow.View("b b a")).Transform(TextRow.View("a b c"));

        Assert.AreEqual("a,b,[UNK],,", string.Join(',', view.GetColumn<ReadOnlyMemory<char>[]>("Terms").Single()));
    }

    [TestMethod]
    public void Transform_SteadyState_AllocatesNothingPerRow()
    {
        var data = TextRow.View([.. Enumerable.Repeat(Texts, 2_500).SelectMany(texts => texts)]);
        var view = Estimator(new() { HashBuckets = 1000, NgramLength = 2 }).Fit(data).Transform(data);

        Assert.AreEqual(0, Allocations.InThirdQuarter<VBuffer<uint>>(view, "Keys"));
    }

    private static TokenIndexingEstimator Estimator(TokenIndexingOptions options) => new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options);

    private static string Keys(TokenIndexingTransformer transformer, params string[] texts) =>
        string.Join('|', transformer.Transform(TextRow.View(texts)).GetColumn<uint[]>("Keys").Select(keys => string.Join(' ', keys)));
}
