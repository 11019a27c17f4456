using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>What <c>IndexTokens</c> learns and how it maps; <see cref="TokenizerTests"/> holds how text is cut.</summary>
[TestClass]
public sealed class TokenIndexingTests
{
    private static readonly string[] Texts = ["The dress, the DRESS!", "", "a nice dress", "The hem isn't nice.", "[UNK]"];

    [TestMethod]
    public void Estimator_EveryOption_PassesWorkout()
    {
        TokenIndexingOptions[] all =
        [
            new(),
            new() { Split = TokenSplit.Whitespace, Standardize = false, MaxTerms = 2 },
            new() { Split = TokenSplit.Character, MaxLength = 3, MinCount = 2 },
            new() { MaxLength = 3, FixedLength = true },
            new() { Vocabulary = ["nice", "dress"] },
            new() { NgramLength = 2, MaxTerms = 8 },
            new() { NgramLength = 3, MaxLength = 2, FixedLength = true, Split = TokenSplit.Character },
        ];
        var wrongType = new MLContext().Data.LoadFromEnumerable([new { Text = 1f }]);
        foreach (var options in all)
        {
            EstimatorWorkout.Run(Estimator(options), TextRow.View(Texts), EstimatorWorkout.Without(Two(), "Text"), wrongType);
            EstimatorWorkout.Run(new MLContext().Transforms.Text.IndexTokens("Text", options: options), TextRow.View(Texts));
        }
    }

    /// <summary>They would be keys of vectors that nothing trains.</summary>
    [TestMethod]
    [DataRow(TokenSplit.Word, 1, "a,b")]
    [DataRow(TokenSplit.Word, 2, "a,a b,b")]
    [DataRow(TokenSplit.Character, 1, " ,a")]
    [DataRow(TokenSplit.WordCharacter, 2, " a, b,a,a ,b,b ")]
    public void Fit_TermsBehindMaxLength_HaveNoKeys(TokenSplit split, int ngramLength, string terms)
    {
        var transformer = Estimator(new() { Split = split, NgramLength = ngramLength, MaxLength = 2 }).Fit(TextRow.View("a b c c", "a b"));

        Assert.AreEqual(terms, string.Join(',', transformer.Terms.Skip(1).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void Transform_Defaults_GivesKeysByFallingCount()
    {
        var transformer = Estimator().Fit(TextRow.View(Texts));

        CollectionAssert.AreEqual(new[] { "[UNK]", "dress", "the", "nice", "a", "hem", "isn't", "unk" }, transformer.Terms.ToArray());
        Assert.AreEqual("3 2 3 2||5 4 2|3 6 7 4|8", Keys(transformer, Texts));
        Assert.AreEqual("3 1 2||", Keys(transformer, "the new dress", null, "?"));
    }

    [TestMethod]
    public void Transform_LiteralUnknownTerm_IsUnknown()
    {
        var transformer = Estimator(new() { Split = TokenSplit.Whitespace, Standardize = false }).Fit(TextRow.View("[UNK] a [UNK] b"));

        CollectionAssert.AreEqual(new[] { "[UNK]", "a", "b" }, transformer.Terms.ToArray());
        Assert.AreEqual("1 2 1 3", Keys(transformer, "[UNK] a [UNK] b"));
    }

    [TestMethod]
    public void Transform_MoreTokensThanMaxLength_CutsOffTheEnd()
    {
        var transformer = Estimator(new() { MaxLength = 2 }).Fit(TextRow.View("a b c c c", "c"));

        Assert.AreEqual("[UNK] a b c", string.Join(' ', transformer.Terms));
        Assert.AreEqual("2 3|4|", Keys(transformer, "a b c", "c", ""));
    }

    [TestMethod]
    public void Transform_FixedLength_PadsWithMissingKeys()
    {
        var transformer = Estimator(new() { MaxLength = 3, FixedLength = true }).Fit(TextRow.View("a b"));

        Assert.AreEqual("2 3 1|3 0 0|0 0 0|0 0 0", Keys(transformer, "a b c d", "b", "", null));
        var type = (VectorDataViewType)transformer.Transform(TextRow.View("a")).Schema["Keys"].Type;
        Assert.AreEqual(3, type.Size);
        Assert.AreEqual(3ul, ((KeyDataViewType)type.ItemType).Count);
    }

    [TestMethod]
    public void Transform_Ngrams_FollowTheTokensAndAreLeftOutWhenUnknown()
    {
        var transformer = Estimator(new() { NgramLength = 2, MinCount = 2 }).Fit(TextRow.View("not good", "good", "not good at all", "at home"));

        CollectionAssert.AreEqual(new[] { "[UNK]", "good", "at", "not", "not good" }, transformer.Terms.ToArray());
        Assert.AreEqual("4 2 5|2 4|1 4 2 5|1 1|", Keys(transformer, "not good", "good, not", "was not good", "all new", ""));
    }

    [TestMethod]
    public void Transform_NgramsOfMoreTokensThanMaxLength_EndThere()
    {
        var transformer = Estimator(new() { NgramLength = 3, MaxLength = 2, FixedLength = true }).Fit(TextRow.View("a b c"));

        Assert.AreEqual("[UNK]|a|a b|b", string.Join('|', transformer.Terms));
        Assert.AreEqual("2 4 3 0 0 0|1 1 0 0 0 0", Keys(transformer, "a b c", "c d"));
        Assert.AreEqual(6, ((VectorDataViewType)transformer.Transform(TextRow.View("a")).Schema["Keys"].Type).Size);
    }

    [TestMethod]
    public void Transform_AnyOptions_AnnotatesTermsAndUnknownKey()
    {
        var column = Estimator().Fit(TextRow.View("b b a")).Transform(TextRow.View("a")).Schema["Keys"];
        var terms = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref terms);

        Assert.AreEqual("[UNK] b a", string.Join(' ', terms.DenseValues()));
        Assert.IsTrue(column.HasUnknownKey());
        Assert.AreEqual(new VectorDataViewType(new KeyDataViewType(typeof(uint), 3)), column.Type);
    }

    [TestMethod]
    public void Transform_LongerThenShorterTexts_KeepsNothingOfTheLonger()
    {
        string[] texts = [string.Join(' ', Enumerable.Repeat("a", 500)), "b", "", "a b"];
        var transformer = Estimator(new() { MaxLength = 400 }).Fit(TextRow.View(texts));

        Assert.AreEqual($"{string.Join(' ', Enumerable.Repeat(2, 400))}|3||2 3", Keys(transformer, texts));
    }

    [TestMethod]
    public void Fit_GivenVocabulary_ReadsNoDataAndKeepsItsOrder()
    {
        string[] terms = ["b", "a"];
        var estimator = Estimator(new() { Vocabulary = terms, MaxTerms = 1, MinCount = 5 });
        terms[0] = "changed later";
        var unreadable = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 1).Select<int, TextRow>(_ => throw new InvalidOperationException("read")));

        var transformer = estimator.Fit(unreadable);

        Assert.AreEqual("3 2 1", Keys(transformer, "a b c"));
    }

    [TestMethod]
    public void Fit_GivenTermsThatNoTextGives_Warns()
    {
        var context = new MLContext();
        var warnings = new List<string>();
        context.Log += (_, message) => { if (message.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning) warnings.Add(message.RawMessage); };

        var options = new TokenIndexingOptions { Vocabulary = ["Dress", "well-made", "nice", "nice hem", "a nice hem"], NgramLength = 2 };
        context.Transforms.Text.IndexTokens("Keys", "Text", options).Fit(TextRow.View("a"));

        Assert.AreEqual(
            "3 terms of the given vocabulary can never be met, 'Dress' for one: " +
            "no text gives such terms with Split = Word, Standardize = True and at most 2 tokens a term.",
            warnings.Single());
    }

    [TestMethod]
    public void Fit_Learned_ReportsWhatWasKept()
    {
        var context = new MLContext();
        var messages = new List<string>();
        context.Log += (_, message) => messages.Add($"{message.Source}: {message.RawMessage}");

        context.Transforms.Text.IndexTokens("Keys", "Text", new() { MaxTerms = 1 }).Fit(TextRow.View("a a b", "c"));

        CollectionAssert.Contains(
            messages, "TokenIndexingEstimator; Fit: Vocabulary of column 'Text': 1 of 3 terms have keys; 2 of 4 occurrences are unknown.");
    }

    [TestMethod]
    public void Fit_NothingButEmptyTexts_KnowsNoTerm()
    {
        var transformer = Estimator().Fit(TextRow.View("", null, "..."));

        Assert.AreEqual("[UNK]", transformer.Terms.Single());
        Assert.AreEqual("1 1|", Keys(transformer, "any text", ""));
    }

    [TestMethod]
    public void Fit_NoRows_SaysSo()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Estimator().Fit(TextRow.View()));

        Assert.AreEqual(
            "The terms of column 'Text' cannot be learned, because the data has no rows. " +
            "Fit on data with rows, or give the terms in the option Vocabulary.", error.Message);
    }

    [TestMethod]
    public void Fit_OtherColumnsThere_ReadsOnlyTheText()
    {
        var data = new MLContext().Data.LoadFromEnumerable([new TwoColumns { Text = "a" }]);

        Assert.AreEqual("[UNK] a", string.Join(' ', Estimator().Fit(data).Terms));
    }

    [TestMethod]
    [DataRow("Number", "Schema mismatch for text column 'Number': expected Text, got Single. " +
        "Make a key of each value with mlContext.Transforms.Categorical.IndexCategories(\"Number\"), or make text of it " +
        "with mlContext.Transforms.Conversion.ConvertType(\"Number\", outputKind: DataKind.String) before this step. (Parameter 'inputSchema')")]
    [DataRow("Texts", "Schema mismatch for text column 'Texts': expected Text, got Vector<String>. " +
        "Make a key of each value with mlContext.Transforms.Categorical.IndexCategories(\"Texts\"). (Parameter 'inputSchema')")]
    [DataRow("Absent", "Could not find text column 'Absent'. The input has: 'Number', 'Texts'. " +
        "Correct the name, or add the step that makes the column before this one. (Parameter 'inputSchema')")]
    public void Fit_NoTextColumn_SaysWhatToDo(string column, string message)
    {
        var data = new MLContext().Data.LoadFromEnumerable([new { Number = 1f, Texts = new[] { "a" } }]);
        var estimator = new MLContext().Transforms.Text.IndexTokens("Keys", column);

        Assert.AreEqual(message, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message);
    }

    [TestMethod]
    public void Transform_SteadyState_AllocatesNothingPerRow()
    {
        var many = TextRow.View([.. Enumerable.Repeat(Texts, 2_000).SelectMany(texts => texts)]);
        var view = Estimator(new() { NgramLength = 3 }).Fit(TextRow.View(Texts)).Transform(many);

        Assert.AreEqual(0, Allocations.InThirdQuarter<VBuffer<uint>>(view, "Keys"));
    }

    private static TokenIndexingEstimator Estimator(TokenIndexingOptions? options = null) =>
        new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options);

    private static IDataView Two() => new MLContext().Data.LoadFromEnumerable([new { Text = "a", Other = "b" }]);

    private static string Keys(TokenIndexingTransformer transformer, params string?[] texts)
    {
        var view = transformer.Transform(TextRow.View(texts));
        return string.Join('|', view.GetColumn<uint[]>("Keys").Select(keys => string.Join(' ', keys)));
    }

    private sealed class TwoColumns
    {
        public string Text { get; set; } = "";

        public string Other { get => field ?? throw new InvalidOperationException("read"); set; }
    }
}
