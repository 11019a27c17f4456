namespace MLNet.Embeddings.Tests;

/// <summary>What the models of earlier versions cut: these values stay.</summary>
[TestClass]
public sealed class EarlierTokenizerTests
{
    [TestMethod]
    [DataRow("Well-made, don't  wait!", "well|made|dont|wait")]
    [DataRow("rock 'n' roll", "rock|n|roll")]
    [DataRow("the dogs' “toys’", "the|dogs|toys")]
    [DataRow("it’s 5.3 inches_long", "its|5|3|inches|long")]
    [DataRow("  ÉTÉ\tà la\nplage ", "été|à|la|plage")]
    [DataRow("cafe\u0301!", "cafe\u0301")]
    [DataRow("\u0301a", "a")]
    [DataRow("नमस्ते दुनिया", "नमस्ते|दुनिया")]
    [DataRow("love \u2764\uFE0F it 👗", "love|it")]
    [DataRow("𐐀𐐁 x", "𐐨𐐩|x")]
    [DataRow("?! ...", "")]
    [DataRow("", "")]
    public void Word_Standardized_GivesLowerCaseWords(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Word, standardize: true, text));

    [TestMethod]
    [DataRow("Well-made, don't  wait!", "Well|-|made|,|don't|wait|!")]
    [DataRow("rock 'n' roll''s", "rock|'|n|'|roll|'|'|s")]
    [DataRow("it’s O'Neill's", "it’s|O'Neill's")]
    [DataRow("5.3 ÉTÉ", "5|.|3|ÉTÉ")]
    [DataRow("e\u0301t' \u0301", "e\u0301t|'|\u0301")]
    [DataRow("a👗👗b", "a|👗|👗|b")]
    [DataRow("a'𐐀", "a'𐐀")]
    [DataRow("'", "'")]
    [DataRow(" \t\u00a0\u3000", "")]
    public void Word_AsIs_KeepsOtherCharactersAsTokens(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Word, standardize: false, text));

    [TestMethod]
    [DataRow("Well-made, don't  wait!", "Well|-|made|, |don't|wait|! ")]
    [DataRow("Un café, s'il vous plaît !", "Un|café|, |s'il|vous|plaît| ! ")]
    [DataRow("« Oui » ?!", " « |Oui| » | ?|! ")]
    [DataRow("a👗👗\u00a0👗 b", "a|👗|👗 | 👗 |b")]
    [DataRow(".", " . ")]
    [DataRow("a", "a")]
    [DataRow(" \t", "")]
    public void Word_KeepingSpacing_GivesSpacesToAllButWords(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(Tokenizer.Of(new(TokenSplit.Word, Standardize: false, KeepsSpacing: true, TextRules.First)), text));

    [TestMethod]
    [DataRow("Well-made, don't  wait!", "wellmade|dont|wait")]
    [DataRow("a - b\u00a0c", "a|b|c")]
    [DataRow("!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'", "")]
    [DataRow("it’s «ÉTÉ» 5.3", "it’s|«été»|53")]
    [DataRow("\n", "")]
    public void Whitespace_Standardized_StripsAsciiPunctuation(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Whitespace, standardize: true, text));

    [TestMethod]
    [DataRow(" Well-made, don't\twait!\u3000👗 ", "Well-made,|don't|wait!|👗")]
    [DataRow("", "")]
    public void Whitespace_AsIs_CutsAtWhiteSpaceOnly(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Whitespace, standardize: false, text));

    [TestMethod]
    [DataRow(true, "A-b 👗É", "a|b| |👗|é")]
    [DataRow(false, "A-b 👗É", "A|-|b| |👗|É")]
    [DataRow(false, "e\u0301", "e|\u0301")]
    [DataRow(true, "", "")]
    public void Character_Any_KeepsSurrogatePairsWhole(bool standardize, string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Character, standardize, text));

    [TestMethod]
    public void Current_HalfOfSurrogatePair_IsCharacterOfItsOwn()
    {
        // Not data rows: attributes cannot hold such text.
        Assert.AreEqual("a|\ud800|b", Tokens(TokenSplit.Word, standardize: false, "a\ud800b"));
        Assert.AreEqual("a|b", Tokens(TokenSplit.Word, standardize: true, "a\ud800b"));
        Assert.AreEqual("a|\udc57|\ud83d", Tokens(TokenSplit.Character, standardize: true, "a\udc57\ud83d"));
        Assert.AreEqual("a\ud83d", Tokens(TokenSplit.Whitespace, standardize: true, "A\ud83d "));
    }

    [TestMethod]
    public void Start_ShorterTextAfterLonger_ForgetsTheLonger()
    {
        var tokenizer = Tokenizer.Of(new(TokenSplit.Word, Standardize: true, Rules: TextRules.First));

        string longer = Tokens(tokenizer, "ONE two three"), shorter = Tokens(tokenizer, "Four"), none = Tokens(tokenizer, "");

        Assert.AreEqual("one|two|three, four, ", $"{longer}, {shorter}, {none}");
        Assert.IsFalse(tokenizer.MoveNext());
    }

    private static string Tokens(TokenSplit split, bool standardize, string text) =>
        Tokens(Tokenizer.Of(new(split, standardize, Rules: TextRules.First)), text);

    private static string Tokens(Tokenizer tokenizer, string text)
    {
        var tokens = new List<string>();
        tokenizer.Start(text.AsMemory());
        while (tokenizer.MoveNext()) tokens.Add(tokenizer.Current.ToString());
        return string.Join('|', tokens);
    }
}
