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
    [DataRow("e\u0301t' \u0301 👗👗 𐐀,𐐁")]
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
        const string Kinds = "aé1'’.-\u0301 ";
        foreach (string text in from first in Kinds from second in Kinds from third in Kinds select $"x{first}{second}{third}x")
            Assert.AreEqual(string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)), RoundTrip(text));
    }

    /// <summary>What a network gives out need not be what a text gives.</summary>
    [TestMethod]
    [DataRow("a|.|b", "a.b")]
    [DataRow("a|b| c", "a b c")]
    [DataRow("! |?", "! ?")]
    [DataRow("!| ?", "! ?")]
    [DataRow(" ! | ? ", "! ?")]
    public void Append_AnyTokens_HasOneSpaceWhereEitherHasOne(string tokens, string expected) => Assert.AreEqual(expected, Join(tokens.Split('|')));

    private static string RoundTrip(string text)
    {
        var tokenizer = new Tokenizer(TokenSplit.Word, standardize: false, keepsSpacing: true);
        var tokens = new List<string>();
        tokenizer.Start(text.AsMemory());
        while (tokenizer.MoveNext()) tokens.Add(tokenizer.Current.ToString());
        return Join(tokens);
    }

    private static string Join(IEnumerable<string> tokens)
    {
        var text = new StringBuilder();
        string previous = "";
        foreach (string token in tokens)
        {
            TokenSpacing.Append(text, previous, token);
            previous = token;
        }
        return text.ToString().TrimEnd(' ');
    }
}
