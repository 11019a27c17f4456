using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class IndexingCatalogTests
{
    [TestMethod]
    public void IndexTokens_Defaults_AreThoseOfTheDocumentation()
    {
        var options = new TokenIndexingOptions();

        Assert.IsNull(options.Standardize);
        Assert.AreEqual(TokenSplit.Word, options.Split);
        Assert.AreEqual(1, options.NgramLength);
        Assert.AreEqual(20_000, options.MaxTerms);
        Assert.IsNull(options.MinCount);
        Assert.AreEqual(256, options.MaxLength);
        Assert.IsFalse(options.FixedLength);
        Assert.IsNull(options.HashBuckets);
        Assert.IsNull(options.NgramHashBuckets);
        Assert.IsNull(options.Vocabulary);
    }

    [TestMethod]
    public void IndexTokens_BadSettings_ReportsAllTogether()
    {
        var options = new TokenIndexingOptions { Split = (TokenSplit)7, NgramLength = 4, MaxLength = 0, MaxTerms = -1, MinCount = 0, Vocabulary = ["a", ""] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options));

        Assert.AreEqual("options", error.ParamName);
        Assert.AreEqual(
            """
            The settings of IndexTokens for column 'Keys' cannot be used:
            Split must be Word, Whitespace, Character or WordCharacter; it was 7.
            MaxLength must be at least 1; it was 0.
            NgramLength must be from 1 to 3; it was 4.
            MaxTerms must be at least 1; it was -1.
            MinCount must be at least 1; it was 0.
            The terms of Vocabulary must not be empty, and must be well-formed UTF-16; the one at index 1 is not. (Parameter 'options')
            """, error.Message);
    }

    [TestMethod]
    [DataRow(new[] { "a", "b", "a" }, "Vocabulary must not hold a term twice; 'a' is at index 0 and 2.")]
    [DataRow(new[] { "a", null }, "The terms of Vocabulary must not be empty, and must be well-formed UTF-16; the one at index 1 is not.")]
    [DataRow(new[] { "a", "[UNK]" }, "Vocabulary must not hold the unknown term '[UNK]', which is added by itself; it does at index 1.")]
    public void IndexTokens_BadVocabulary_SaysWhichTerm(string[] vocabulary, string fault)
    {
        var options = new TokenIndexingOptions { Vocabulary = vocabulary };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Text.IndexTokens("Keys", options: options));

        Assert.AreEqual($"The settings of IndexTokens for column 'Keys' cannot be used:\n{fault} (Parameter 'options')", error.Message);
    }

    [TestMethod]
    [DataRow(0, 5, "NgramLength must be from 1 to 3; it was 0.")]
    [DataRow(2, 2_000_000_000, "With FixedLength, every row has MaxLength times 2 keys, as NgramLength is 2; there can be 2147483591. " +
        "Lower MaxLength, which was 2000000000, or NgramLength.")]
    public void IndexTokens_BadLength_SaysWhatIsAllowed(int ngramLength, int maxLength, string fault)
    {
        var options = new TokenIndexingOptions { NgramLength = ngramLength, MaxLength = maxLength, FixedLength = true };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Text.IndexTokens("Keys", options: options));

        Assert.AreEqual($"The settings of IndexTokens for column 'Keys' cannot be used:\n{fault} (Parameter 'options')", error.Message);
    }

    [TestMethod]
    public void IndexTokens_BadHashing_SaysWhatIsAllowed()
    {
        var options = new TokenIndexingOptions { HashBuckets = 16_777_217, NgramHashBuckets = 0, Vocabulary = ["a"] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Text.IndexTokens("Keys", options: options));

        Assert.AreEqual(
            """
            The settings of IndexTokens for column 'Keys' cannot be used:
            HashBuckets must be from 1 to 16777216; it was 16777217.
            NgramHashBuckets must be from 1 to 16777216; it was 0.
            NgramHashBuckets needs an NgramLength above 1; it was 1.
            HashBuckets and NgramHashBuckets exclude each other; HashBuckets is for n-grams, too.
            HashBuckets and Vocabulary exclude each other; give one of them. (Parameter 'options')
            """, error.Message);
    }

    [TestMethod]
    [DataRow(0, 9, "HashBuckets must be from 1 to 16777216; it was 0.\nHashFunctions must be from 1 to 8; it was 9.")]
    [DataRow(null, 2, "HashFunctions above 1 needs HashBuckets; it was 2.")]
    [DataRow(null, 0, "HashFunctions must be from 1 to 8; it was 0.")]
    public void IndexCategories_BadHashing_SaysWhatIsAllowed(int? buckets, int functions, string faults)
    {
        var options = new CategoryIndexingOptions { HashBuckets = buckets, HashFunctions = functions };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Categorical.IndexCategories("Key", options: options));

        Assert.AreEqual($"The settings of IndexCategories for column 'Key' cannot be used:\n{faults} (Parameter 'options')", error.Message);
    }

    [TestMethod]
    public void IndexCategories_HashBucketsAndVocabulary_ExcludeEachOther()
    {
        var options = new CategoryIndexingOptions { HashBuckets = 10, Vocabulary = ["a"] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Categorical.IndexCategories("Key", options: options));

        StringAssert.Contains(error.Message, "HashBuckets and Vocabulary exclude each other; give one of them.");
    }

    [TestMethod]
    public void IndexTokens_HalfOfSurrogatePairGiven_IsRefused()
    {
        var options = new TokenIndexingOptions { Vocabulary = ["👗", "a\ud83d"] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Text.IndexTokens("Keys", options: options));

        StringAssert.Contains(error.Message, "the one at index 1 is not.");
    }

    [TestMethod]
    public void IndexTokens_NoName_IsRefused()
    {
        var catalog = new MLContext().Transforms.Text;

        Assert.AreEqual("outputColumnName", Assert.ThrowsExactly<ArgumentNullException>(() => catalog.IndexTokens((string)null!)).ParamName);
        Assert.AreEqual("outputColumnName", Assert.ThrowsExactly<ArgumentException>(() => catalog.IndexTokens("", "Text")).ParamName);
        Assert.AreEqual("inputColumnName", Assert.ThrowsExactly<ArgumentException>(() => catalog.IndexTokens("Keys", "")).ParamName);
        Assert.AreEqual("catalog", Assert.ThrowsExactly<ArgumentNullException>(() => IndexingCatalog.IndexTokens(null!, "Keys")).ParamName);
    }

    [TestMethod]
    public void IndexCategories_Defaults_AreThoseOfTheDocumentation()
    {
        var options = new CategoryIndexingOptions();

        Assert.AreEqual(1_000_000, options.MaxTerms);
        Assert.AreEqual(1, options.MinCount);
        Assert.AreEqual("[UNK]", options.UnknownTerm);
        Assert.IsNull(options.HashBuckets);
        Assert.AreEqual(1, options.HashFunctions);
        Assert.IsNull(options.Vocabulary);
    }

    [TestMethod]
    public void IndexCategories_BadSettings_ReportsAllTogether()
    {
        var options = new CategoryIndexingOptions { MaxTerms = 0, MinCount = -2, UnknownTerm = "", Vocabulary = ["a", "a"] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Categorical.IndexCategories("Key", options: options));

        Assert.AreEqual("options", error.ParamName);
        Assert.AreEqual(
            """
            The settings of IndexCategories for column 'Key' cannot be used:
            MaxTerms must be at least 1; it was 0.
            MinCount must be at least 1; it was -2.
            UnknownTerm must not be empty, and must be well-formed UTF-16.
            Vocabulary must not hold a term twice; 'a' is at index 0 and 1. (Parameter 'options')
            """, error.Message);
    }

    [TestMethod]
    public void IndexCategories_OwnUnknownTermGiven_IsRefused()
    {
        var options = new CategoryIndexingOptions { UnknownTerm = "other", Vocabulary = ["[UNK]", "other"] };

        var error = Assert.ThrowsExactly<ArgumentException>(() => new MLContext().Transforms.Categorical.IndexCategories("Key", options: options));

        StringAssert.Contains(error.Message, "Vocabulary must not hold the unknown term 'other', which is added by itself; it does at index 1.");
    }

    [TestMethod]
    public void IndexCategories_NoName_IsRefused()
    {
        var catalog = new MLContext().Transforms.Categorical;

        Assert.AreEqual("outputColumnName", Assert.ThrowsExactly<ArgumentNullException>(() => catalog.IndexCategories((string)null!)).ParamName);
        Assert.AreEqual("outputColumnName", Assert.ThrowsExactly<ArgumentException>(() => catalog.IndexCategories("", "Text")).ParamName);
        Assert.AreEqual("inputColumnName", Assert.ThrowsExactly<ArgumentException>(() => catalog.IndexCategories("Key", "")).ParamName);
        Assert.AreEqual("catalog", Assert.ThrowsExactly<ArgumentNullException>(() => IndexingCatalog.IndexCategories(null!, "Key")).ParamName);
    }

    [TestMethod]
    public void IndexSeveral_BadColumns_SaysWhichAre()
    {
        var (text, categorical) = (new MLContext().Transforms.Text, new MLContext().Transforms.Categorical);
        InputOutputColumnPair[] twice = [new("Keys", "A"), new("Keys", "B"), new("Keys")], nameless = [new("Keys", "")];

        Assert.AreEqual("The columns of IndexTokens cannot be used:\nThere is no column; give at least one. (Parameter 'columns')",
            Assert.ThrowsExactly<ArgumentException>(() => text.IndexTokens([])).Message);
        Assert.AreEqual("The columns of IndexCategories cannot be used:\nColumn 'Keys' would be made 3 times; give each column of keys a name of its own. " +
            "(Parameter 'columns')", Assert.ThrowsExactly<ArgumentException>(() => categorical.IndexCategories(twice)).Message);
        Assert.AreEqual("The columns of IndexTokens cannot be used:\nA column has no name. (Parameter 'columns')",
            Assert.ThrowsExactly<ArgumentException>(() => text.IndexTokens(nameless)).Message);
        Assert.AreEqual("columns", Assert.ThrowsExactly<ArgumentNullException>(() => text.IndexTokens([null!])).ParamName);
        Assert.AreEqual("columns", Assert.ThrowsExactly<ArgumentNullException>(() => categorical.IndexCategories((InputOutputColumnPair[])null!)).ParamName);
        Assert.AreEqual("The settings of IndexTokens for columns 'A', 'B' cannot be used:\nMaxTerms must be at least 1; it was 0. (Parameter 'options')",
            Assert.ThrowsExactly<ArgumentException>(() => text.IndexTokens([new("A"), new("B")], new() { MaxTerms = 0 })).Message);
    }
}
