namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TextTermsTests
{
    [TestMethod]
    [DataRow(1, "not|very|good")]
    [DataRow(2, "not|very|good|not very|very good")]
    [DataRow(3, "not|very|good|not very|very good|not very good")]
    public void MoveNext_Words_GivesTokensThenLongerTerms(int ngramLength, string expected) =>
        Assert.AreEqual(expected, Terms(TextTerms.Of(new(TokenSplit.Word, Standardize: true), ngramLength), " Not -- very... GOOD!"));

    [TestMethod]
    [DataRow(TokenSplit.Word, false, "It’s 5\u00a0€", "It’s|5|€|It’s 5|5 €|It’s 5 €")]
    [DataRow(TokenSplit.Word, true, "日本 x", "日|本|x|日 本|本 x|日 本 x")]
    [DataRow(TokenSplit.Whitespace, false, "a\tb.  c", "a|b.|c|a b.|b. c|a b. c")]
    [DataRow(TokenSplit.Character, true, "A-b 👗", "a|b| |👗|ab|b | 👗|ab |b 👗")]
    public void MoveNext_EachSplit_JoinsTokens(TokenSplit split, bool standardize, string text, string expected) =>
        Assert.AreEqual(expected, Terms(TextTerms.Of(new(split, standardize), 3), text));

    [TestMethod]
    [DataRow("", "")]
    [DataRow("a", "a")]
    [DataRow("a b", "a|b|a b")]
    public void MoveNext_FewerTokensThanLongestTerm_GivesWhatThereIs(string text, string expected) =>
        Assert.AreEqual(expected, Terms(TextTerms.Of(new(TokenSplit.Word, Standardize: true), 3), text));

    [TestMethod]
    public void Start_MaxTokens_JoinsOnlyThose()
    {
        var terms = TextTerms.Of(new(TokenSplit.Word, Standardize: true), 2);

        Assert.AreEqual("a|b|a b", Terms(terms, "a b c d", maxTokens: 2));
        Assert.AreEqual("a", Terms(terms, "a b c d", maxTokens: 1));
    }

    [TestMethod]
    public void Start_ShorterTextAfterLonger_ForgetsTheLonger()
    {
        var terms = TextTerms.Of(new(TokenSplit.Word, Standardize: true), 2);
        string[] words = [.. Enumerable.Range(0, 300).Select(i => $"word{i}")];

        string longer = Terms(terms, string.Join(' ', words)), shorter = Terms(terms, "x y");

        Assert.AreEqual(string.Join('|', words.Concat(words.Zip(words.Skip(1), (first, second) => $"{first} {second}"))), longer);
        Assert.AreEqual("x|y|x y", shorter);
        Assert.IsFalse(terms.MoveNext());
        Assert.IsFalse(terms.MoveNext());
    }

    [TestMethod]
    [DataRow(TokenSplit.Word, 1, "to be", 1, true)]
    [DataRow(TokenSplit.Word, 2, "to be", 1, true)]
    [DataRow(TokenSplit.Word, 1, "to be", 2, false)]
    [DataRow(TokenSplit.Word, 2, "to  ", 1, false)]
    [DataRow(TokenSplit.Word, 1, "", 1, false)]
    [DataRow(TokenSplit.WordCharacter, 1, "to be", 3, true)]
    [DataRow(TokenSplit.WordCharacter, 3, "to be", 2, true)]
    [DataRow(TokenSplit.WordCharacter, 3, "to be", 4, false)]
    [DataRow(TokenSplit.WordCharacter, 1, "to ", 2, false)]
    public void IsCut_BehindTheLastTerm_TellsWhetherTokensAreLeft(TokenSplit split, int ngramLength, string text, int maxTokens, bool expected)
    {
        var terms = TextTerms.Of(new(split, Standardize: true), ngramLength);
        terms.Start(text.AsMemory(), maxTokens);
        while (terms.MoveNext()) { }

        Assert.AreEqual(expected, terms.IsCut());
    }

    private static string Terms(TextTerms terms, string text, int maxTokens = int.MaxValue)
    {
        var given = new List<string>();
        terms.Start(text.AsMemory(), maxTokens);
        while (terms.MoveNext()) given.Add(terms.Current.ToString());
        return string.Join('|', given);
    }
}
