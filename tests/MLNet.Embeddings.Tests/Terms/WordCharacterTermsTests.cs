using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Characters of words and their n-grams, which see the edges of words as spaces.</summary>
[TestClass]
public sealed class WordCharacterTermsTests
{
    [TestMethod]
    [DataRow(1, "to be", "t|o|b|e")]
    [DataRow(2, "to be", "t|o| t|to|o |b|e| b|be|e ")]
    [DataRow(3, "to be", "t|o| t|to|o | to|to |b|e| b|be|e | be|be ")]
    [DataRow(6, "to", "t|o| t|to|o | to|to | to ")]
    [DataRow(4, "a", "a| a|a | a ")]
    [DataRow(6, "", "")]
    [DataRow(6, " \t ", "")]
    public void MoveNext_Words_GivesCharactersThenLongerTermsWordByWord(int ngramLength, string text, string expected) =>
        Assert.AreEqual(expected, Terms(ngramLength, text));

    [TestMethod]
    public void MoveNext_Punctuation_IsKeptAndLettersAreLowered()
    {
        Assert.AreEqual("d|o|n|'|t|!", Terms(1, "Don't!"));
        Assert.AreEqual("D|o", Terms(1, "Do", standardize: false));
    }

    [TestMethod]
    public void MoveNext_SurrogatePair_IsOneCharacter() => Assert.AreEqual("a|👗| a|a👗|👗 ", Terms(2, "a👗"));

    [TestMethod]
    [DataRow("x\u0301y", "x\u0301|y| x\u0301|x\u0301y|y ")]
    [DataRow("\uFEFFCafe\u0301", "c|a|f|é| c|ca|af|fé|é ")]
    [DataRow("👍🏽!", "👍🏽|!| 👍🏽|👍🏽!|! ")]
    [DataRow("n\u2019o", "n|'|o| n|n'|'o|o ")]
    public void MoveNext_MarksAndEmoji_StayWithTheirCharacter(string text, string expected) => Assert.AreEqual(expected, Terms(2, text));

    /// <summary>A model of an earlier version reads characters as it did.</summary>
    [TestMethod]
    public void MoveNext_FirstRules_GivesCodePoints() => Assert.AreEqual(
        "x|\u0301|\u2019|👍|🏽", Terms(TextTerms.Of(new(TokenSplit.WordCharacter, Standardize: true, Rules: TextRules.First), 1), "X\u0301\u2019👍🏽"));

    [TestMethod]
    [DataRow(1, "t| t|t ")]
    [DataRow(2, "t|o| t|to|o ")]
    [DataRow(3, "t|o| t|to|o |b| b|b ")]
    public void Start_MaxTokens_CutsTheTextBehindThem(int maxTokens, string expected) => Assert.AreEqual(expected, Terms(2, "to be", maxTokens: maxTokens));

    [TestMethod]
    public void Start_ShorterTextAfterLonger_ForgetsTheLonger()
    {
        var terms = TextTerms.Of(new(TokenSplit.WordCharacter, Standardize: true), 2);

        Terms(terms, new string('x', 500) + " yy");

        Assert.AreEqual("a| a|a ", Terms(terms, "a"));
        Assert.IsFalse(terms.MoveNext());
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(6)]
    public void Transform_WordsOfOneLetterAtAFixedLength_HasRoomForAllTerms(int ngramLength)
    {
        var context = new MLContext(1);
        var view = TextRow.View("a b c d e", "abcde", "");
        var options = new TokenIndexingOptions { Split = TokenSplit.WordCharacter, NgramLength = ngramLength, MaxLength = 5 };
        uint[][] free = Keys(options), wide = Keys(options with { FixedLength = true });

        Assert.IsTrue(wide.All(keys => keys.Length == (ngramLength + 1) * 5));
        foreach (var (keys, padded) in free.Zip(wide))
        {
            CollectionAssert.AreEqual(keys, padded[..keys.Length]);
            Assert.IsTrue(padded[keys.Length..].All(key => key == 0));
        }

        uint[][] Keys(TokenIndexingOptions given) =>
            [.. context.Transforms.Text.IndexTokens("Keys", "Text", given).Fit(view).Transform(view).GetColumn<uint[]>("Keys")];
    }

    [TestMethod]
    public void IndexTokens_NgramsTooLong_SaysTheMost()
    {
        var transforms = new MLContext(1).Transforms.Text;
        transforms.IndexTokens("Keys", "Text", new TokenIndexingOptions { Split = TokenSplit.WordCharacter, NgramLength = 6 });

        string message = Assert.ThrowsExactly<ArgumentException>(() =>
            transforms.IndexTokens("Keys", "Text", new TokenIndexingOptions { Split = TokenSplit.WordCharacter, NgramLength = 7 })).Message;

        StringAssert.Contains(message, "NgramLength must be from 1 to 6; it was 7.");
    }

    private static string Terms(int ngramLength, string text, bool standardize = true, int maxTokens = int.MaxValue) =>
        Terms(TextTerms.Of(new(TokenSplit.WordCharacter, standardize), ngramLength), text, maxTokens);

    private static string Terms(TextTerms terms, string text, int maxTokens = int.MaxValue)
    {
        List<string> given = [];
        terms.Start(text.AsMemory(), maxTokens);
        while (terms.MoveNext()) given.Add(terms.Current.ToString());
        return string.Join('|', given);
    }
}
