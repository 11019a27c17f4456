using System.Text;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TokenSpacingTests
{
    [TestMethod]
    [DataRow("Un café, s'il vous plaît !")]
    [DataRow("Est-ce qu’on l'A.D.N. « paie » 10 % (ou 5,3 $) ?!... Non.")]
    [DataRow("'rock ''n' roll''s")]
    [DataRow("a - b-c -d- e")]
    [DataRow("\u00e9t' \u0301 👗👗 𐐀,𐐁")]
    [DataRow("我买了 iPhone手机 两个。 3月😀1️⃣no1️⃣x")]
    [DataRow("C++11, C#8 a+b x++ F# №5 ʼn dogsʼ")]
    [DataRow("เสื้อตัวนี้ สวย\u200b")]
    [DataRow("می\u200cخواهم ශ\u0dca\u200dරී")]
    [DataRow("...")]
    [DataRow("Привет, мир! 你好，世界。 \u200b")]
    public void Append_TokensOfAText_MakesItAgain(string text) => Assert.AreEqual(text, RoundTrip(text));

    [TestMethod]
    [DataRow("  a \t b\u00a0\u3000! ", "a b !")]
    [DataRow("\n", "")]
    public void Append_RunsOfWhiteSpace_BecomeOneSpace(string text, string expected) => Assert.AreEqual(expected, RoundTrip(text));

    /// <summary>Texts of three characters of each kind: in every order.</summary>
    [TestMethod]
    public void Append_AnyNeighbours_MakesTheTextAgain()
    {
        const string Kinds = "aé1'ʼ.-#+日ก\u0301 ";
        foreach (string text in from first in Kinds from second in Kinds from third in Kinds select $"x{first}{second}{third}x")
        {
            string spaced = string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            Assert.AreEqual(CanonicalForm.Of(spaced), RoundTrip(text));
            Assert.AreEqual(spaced, RoundTrip(text, TextRules.First));
        }
    }

    /// <summary>What a network gives out need not be what a text gives.</summary>
    [TestMethod]
    [DataRow("a|.|b", "a.b")]
    [DataRow("a|b| c", "a b c")]
    [DataRow("! |?", "! ?")]
    [DataRow("!| ?", "! ?")]
    [DataRow(" ! | ? ", "! ?")]
    public void Append_AnyTokens_HasOneSpaceWhereEitherHasOne(string tokens, string expected) => Assert.AreEqual(expected, Join(tokens.Split('|')));

    private static string RoundTrip(string text, int rules = TextRules.Current)
    {
        var tokenizer = Tokenizer.Of(new(TokenSplit.Word, Standardize: false, KeepsSpacing: true, rules));
        var tokens = new List<string>();
        tokenizer.Start(text.AsMemory());
        while (tokenizer.MoveNext()) tokens.Add(tokenizer.Current.ToString());
        return Join(tokens, rules);
    }

    private static string Join(IEnumerable<string> tokens, int rules = TextRules.Current)
    {
        var text = new StringBuilder();
        string previous = "";
        foreach (string token in tokens)
        {
            TokenSpacing.Append(text, previous, token, rules);
            previous = token;
        }
        return text.ToString().TrimEnd(' ');
    }
}
