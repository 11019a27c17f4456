using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Steps read texts by the rules that they were fitted with, and say so in their files.</summary>
[TestClass]
public sealed class TextRulesTests
{
    private static readonly IDataView Texts = TextRow.View("don't 日本", "C# caf\u00e9");

    [TestMethod]
    public void Read_FilesWithoutRules_AreOfTheFirst()
    {
        const string Columns = """{ "columns": [{ "outputColumnName": "Keys", "inputColumnName": "Text" }], "termCount": 1, "hashBuckets": null, """;
        const string Tokens = """ "standardize": true, "split": "Word", "ngramLength": 1, "maxLength": 9, "fixedLength": false, "ngramHashBuckets": null }""";

        Assert.AreEqual(TextRules.First, JsonSerializer.Deserialize(Columns + Tokens, IndexingJson.Default.TokenIndexingShape)!.Rules);
        Assert.AreEqual(TextRules.First, JsonSerializer.Deserialize(Columns + """ "hashFunctions": 1 }""", IndexingJson.Default.CategoryIndexingShape)!.Rules);
    }

    [TestMethod]
    public void SaveAndLoad_EachRules_CutsTheSame()
    {
        foreach (var step in new[] { Earlier(), Tokens().Fit(Texts) })
            Assert.AreEqual(Keys(step, "don't 日本 C# C"), Keys((TokenIndexingTransformer)EstimatorWorkout.SaveAndLoad(step, Texts.Schema), "don't 日本 C# C"));
        Assert.AreEqual("2 3 1 1", Keys(Earlier(), "don't 日本 C# C"));
    }

    [TestMethod]
    public void FitTokens_PreviousOfTheFirstRules_GoesOnWithThem()
    {
        var grown = Tokens().Fit(TextRow.View("isn't 日本人"), Earlier());

        Assert.AreEqual("[UNK] dont 日本 isnt 日本人", string.Join(' ', grown.Terms));
        Assert.AreEqual("2 4 5", Keys(grown, "don't isn't 日本人"));
        Assert.AreEqual("[UNK] isn't 人 日 本", string.Join(' ', Tokens().Fit(TextRow.View("isn't 日本人")).Terms), "nothing stays with the estimator");
    }

    [TestMethod]
    public void FitCategories_PreviousOfTheFirstRules_GoesOnWithThem()
    {
        var earlier = new CategoryIndexingTransformer(new CategoryStep(new([new("Keys", "Text")], 1, null, 1), [new Vocabulary(["[UNK]", "cafe\u0301"])]));
        var grown = Categories().Fit(TextRow.View("caf\u00e9"), earlier);

        CollectionAssert.AreEqual(new[] { "[UNK]", "cafe\u0301", "caf\u00e9" }, grown.Terms.ToArray());
    }

    [TestMethod]
    public void FitCategories_OneTextInTwoForms_IsOneTerm()
    {
        var vectors = new MLContext().Data.LoadFromEnumerable([new { Text = new[] { "cafe\u0301", "\uFEFFcaf\u00e9" } }]);
        var key = new MLContext().Transforms.Conversion.MapValueToKey("Text").Fit(TextRow.View("cafe\u0301")).Transform(TextRow.View("cafe\u0301"));
        var step = Categories().Fit(TextRow.View("cafe\u0301", "caf\u00e9", "\uFEFFcaf\u00e9", "\uFEFF"));

        CollectionAssert.AreEqual(new[] { "[UNK]", "caf\u00e9" }, step.Terms.ToArray());
        CollectionAssert.AreEqual(new[] { 2u, 2u, 1u, 0u }, Keys(step, "cafe\u0301", "caf\u00e9", "x", "\uFEFF"));
        CollectionAssert.AreEqual(new[] { "[UNK]", "caf\u00e9" }, Categories().Fit(vectors).Terms.ToArray());
        CollectionAssert.AreEqual(new[] { "[UNK]", "caf\u00e9" }, Categories().Fit(key).Terms.ToArray());
        CollectionAssert.AreEqual(new[] { 2u }, Keys(Categories(new() { Vocabulary = ["cafe\u0301"] }).Fit(Texts), "caf\u00e9"));
    }

    [TestMethod]
    public void IndexCategories_GivenTermInTwoForms_IsRefused()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Categories(new() { Vocabulary = ["cafe\u0301", "caf\u00e9"] })).Message;

        StringAssert.Contains(message, "must not hold a term twice");
    }

    [TestMethod]
    public void Transform_HashedTextInTwoForms_HasOneKey()
    {
        var tokens = Tokens(new() { HashBuckets = 1_000 }).Fit(Texts);
        uint[] categories = Keys(Categories(new() { HashBuckets = 1_000 }).Fit(Texts), "cafe\u0301", "caf\u00e9");

        Assert.AreEqual(Keys(tokens, "caf\u00e9"), Keys(tokens, "cafe\u0301"));
        Assert.AreEqual(categories[0], categories[1]);
    }

    [TestMethod]
    public void RequireSound_RulesOfANewerVersion_SaysToUpdate()
    {
        var newer = Earlier().Shape with { Rules = 3 };

        Assert.AreEqual(
            "The model was saved in text rules 3; this version of MLNet.Embeddings (1.0.0.0) reads up to text rules 2.\n" +
            "Update the package MLNet.Embeddings to the version that saved the model, or a later one.",
            Assert.ThrowsExactly<FormatException>(newer.RequireSound).Message);
    }

    /// <summary>What a version without the present rules learned.</summary>
    private static TokenIndexingTransformer Earlier() =>
        new(Tokens().Fit(Texts).Shape with { TermCount = 3, Rules = TextRules.First }, new Vocabulary(["[UNK]", "dont", "日本"]));

    private static TokenIndexingEstimator Tokens(TokenIndexingOptions? options = null) => new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options);

    private static CategoryIndexingEstimator Categories(CategoryIndexingOptions? options = null) =>
        new MLContext().Transforms.Categorical.IndexCategories("Keys", "Text", options);

    private static uint[] Keys(CategoryIndexingTransformer step, params string[] texts) =>
        [.. step.Transform(TextRow.View(texts)).GetColumn<uint>("Keys")];

    private static string Keys(TokenIndexingTransformer step, string text) =>
        string.Join(' ', step.Transform(TextRow.View(text)).GetColumn<uint[]>("Keys").Single());
}
