namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TokenizerTests
{
    [TestMethod]
    [DataRow("Well-made, don't  wait!", "well|made|don't|wait")]
    [DataRow("rock 'n' roll", "rock|n|roll")]
    [DataRow("the dogs' “toys’", "the|dogs|toys")]
    [DataRow("it’s 5.3 inches_long", "it's|5.3|inches|long")]
    [DataRow("c\u02BChoar don\uFF07t don\u2019t don't dogs\u02BC", "c'hoar|don't|don't|don't|dogs")]
    [DataRow("U.S. Node.js 3.14. v1.2.3 .NET ...so", "u.s|node|js|3.14|v1.2.3|net|so")]
    [DataRow("C# C++ F#, C++11 (C#.)", "c#|c++|f#|c++11|c#")]
    [DataRow("a+b item#1 #tag 1+ + C#8", "a|b|item|1|tag|1|c|8")]
    [DataRow("  ÉTÉ\tà la\nplage ", "été|à|la|plage")]
    [DataRow("\u0301a", "a")]
    [DataRow("नमस्ते दुनिया", "नमस्ते|दुनिया")]
    [DataRow("𐐀𐐁 x", "𐐨𐐩|x")]
    [DataRow("Ⓐ №5 5€ ™ ©", "5|5")]
    [DataRow("\u0600١٢", "١٢")]
    [DataRow("?! ...", "")]
    [DataRow("", "")]
    public void Word_Standardized_GivesLowerCaseWords(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Word, standardize: true, text));

    [TestMethod]
    [DataRow("Well-made, don't  wait!", "Well|-|made|,|don't|wait|!")]
    [DataRow("rock 'n' roll''s", "rock|'|n|'|roll|'|'|s")]
    [DataRow("it’s O'Neill's don\uFF07t c\u02BChoar\u02BC", "it’s|O'Neill's|don\uFF07t|c\u02BChoar|\u02BC")]
    [DataRow("5.3 ÉTÉ.", "5.3|ÉTÉ|.")]
    [DataRow("C++11 a+b", "C++11|a|+|b")]
    [DataRow("e\u0301t' \u0301 !\u0302", "\u00e9t|'|\u0301|!\u0302")]
    [DataRow("a👗👗b", "a|👗|👗|b")]
    [DataRow("'", "'")]
    [DataRow(" \t\u00a0\u3000", "")]
    public void Word_AsIs_KeepsOtherCharactersAsTokens(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Word, standardize: false, text));

    [TestMethod]
    [DataRow("这件衣服2024年。", "这|件|衣|服|2024|年")]
    [DataRow("iPhone手机", "iphone|手|机")]
    [DataRow("この コーヒー", "こ|の|コ|ー|ヒ|ー")]
    [DataRow("か\u3099ｶ\uFF9E", "が|ｶ\uFF9E")]
    [DataRow("二〇𠮷々", "二|〇|𠮷|々")]
    [DataRow("ตัวนี้น้ำ", "ตั|ว|นี้|น้ำ")]
    [DataRow("ລາວ ก๑๒", "ລ|າ|ວ|ก|๑๒")]
    [DataRow("ខ្មែរ", "ខ្|មែ|រ")]
    [DataRow("မြန်", "မြ|န်")]
    [DataRow("한국어 텍스트", "한국어|텍스트")]
    [DataRow("日本'語.x", "日|本|語|x")]
    public void Word_ScriptsWithoutSpaces_GivesEachLetterWithItsMarks(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Word, standardize: true, text));

    [TestMethod]
    [DataRow("GREAT \U0001F600dress😀😀", "great|😀|dress|😀|😀")]
    [DataRow("love \u2764\uFE0F it ☺ ★", "love|\u2764\uFE0F|it|☺|★")]
    [DataRow("👩\u200D👩\u200D👧👍🏽", "👩\u200D👩\u200D👧|👍🏽")]
    [DataRow("🇨🇭🇫🇷x", "🇨🇭|🇫🇷|x")]
    [DataRow("1\uFE0F\u20E3 no2\uFE0F\u20E3 #\u20E3", "1\uFE0F\u20E3|no|2\uFE0F\u20E3|#\u20E3")]
    [DataRow("🏴\U000E0067\U000E0062\U000E007F!", "🏴\U000E0067\U000E0062\U000E007F")]
    [DataRow("©\uFE0F ℹ\uFE0F ⓜ\uFE0F ↔\uFE0F", "©\uFE0F|ℹ\uFE0F|ⓜ\uFE0F|↔\uFE0F")]
    [DataRow("😀\u200D 🙂\u200D↔\uFE0F", "😀|🙂\u200D↔\uFE0F")]
    public void Word_Emoji_GivesEachSequence(string text, string expected)
    {
        Assert.AreEqual(expected, Tokens(TokenSplit.Word, standardize: true, text));
        foreach (string emoji in expected.Split('|').Where(token => !char.IsAsciiLetter(token[0])))
        {
            Assert.AreEqual(emoji, Tokens(TokenSplit.Word, standardize: false, emoji));
            Assert.AreEqual(emoji, Tokens(TokenSplit.Character, standardize: true, emoji));
        }
    }

    /// <summary>Soft hyphen, word joiner, byte order mark, marks of direction, of invisible times and of Mongolian, tags.</summary>
    [TestMethod]
    [DataRow("\u00AD")]
    [DataRow("\u2060")]
    [DataRow("\uFEFF")]
    [DataRow("\u200E\u200F\u202A\u202C\u2066\u2069\u061C")]
    [DataRow("\u2062\u180E\U000E0001")]
    public void Start_InvisibleCharacters_AreDropped(string invisible)
    {
        string text = $"{invisible}data{invisible}base{invisible} x{invisible}";
        foreach (var split in new[] { TokenSplit.Word, TokenSplit.Whitespace, TokenSplit.WordCharacter })
        {
            Assert.AreEqual("database|x", Tokens(split, standardize: true, text));
            Assert.AreEqual("database|x", Tokens(split, standardize: false, text));
        }
        Assert.AreEqual("a|b", Tokens(TokenSplit.Character, standardize: true, $"{invisible}a{invisible}b"));
    }

    [TestMethod]
    [DataRow("\u0645\u06CC\u200C\u062E\u0648", "\u0645\u06CC\u062E\u0648")]
    [DataRow("\u0DC1\u0DCA\u200D\u0DBB\u0DD3", "\u0DC1\u0DCA\u0DBB\u0DD3")]
    [DataRow("葛\U000E0100", "葛")]
    [DataRow("a\uFE0Fb\u034Fc", "abc")]
    public void Start_JoinersAndSelectorsInWords_StayUnlessStandardized(string text, string standardized)
    {
        Assert.AreEqual(standardized, Tokens(TokenSplit.Word, standardize: true, text));
        Assert.AreEqual(text, Tokens(TokenSplit.Word, standardize: false, $"\u200C{text}\u200D"));
    }

    [TestMethod]
    public void Start_ZeroWidthSpace_SeparatesWords()
    {
        Assert.AreEqual("a|b", Tokens(TokenSplit.Word, standardize: true, "a\u200Bb"));
        Assert.AreEqual("a|b", Tokens(TokenSplit.Whitespace, standardize: true, "a\u200Bb"));
    }

    [TestMethod]
    [DataRow(TokenSplit.Word)]
    [DataRow(TokenSplit.Whitespace)]
    [DataRow(TokenSplit.Character)]
    public void Start_OneTextInTwoForms_GivesTheSameTokens(TokenSplit split)
    {
        foreach (bool standardize in new[] { true, false })
        {
            string decomposed = Tokens(split, standardize, "\uFEFFcafe\u0301 \u1100\u1161\u11A8 c\u0301\u0327");
            Assert.AreEqual(Tokens(split, standardize, "caf\u00e9 \uAC01 \u1E09"), decomposed);
        }
    }

    [TestMethod]
    [DataRow("İSTANBUL")]
    [DataRow("I\u0307STANBUL")]
    [DataRow("i\u0307stanbul")]
    [DataRow("istanbul")]
    public void Word_DottedI_IsOneWord(string text)
    {
        Assert.AreEqual("istanbul", Tokens(TokenSplit.Word, standardize: true, text));
        Assert.AreEqual("istanbul", Tokens(TokenSplit.Whitespace, standardize: true, text));
    }

    [TestMethod]
    [DataRow("Well-made, don't  wait!", "Well|-|made|, |don't|wait|! ")]
    [DataRow("Un café, s'il vous plaît !", "Un|café|, |s'il|vous|plaît| ! ")]
    [DataRow("« Oui » ?!", " « |Oui| » | ?|! ")]
    [DataRow("a👗👗\u00a0👗 b", "a|👗|👗 | 👗 |b")]
    [DataRow("你好 x世 界", "你|好 |x|世 | 界")]
    [DataRow(".", " . ")]
    [DataRow("a", "a")]
    [DataRow(" \t", "")]
    public void Word_KeepingSpacing_GivesSpacesToAllButWords(string text, string expected) =>
        Assert.AreEqual(expected, Tokens(Tokenizer.Of(new(TokenSplit.Word, Standardize: false, KeepsSpacing: true)), text));

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
    [DataRow(false, "x\u0301y", "x\u0301|y")]
    [DataRow(true, "สวย👍🏽", "ส|ว|ย|👍🏽")]
    [DataRow(true, "  \t", "")]
    [DataRow(false, " ", "")]
    [DataRow(true, " ... ", "")]
    [DataRow(true, "", "")]
    public void Character_Any_GivesWhatReadersTakeForOne(bool standardize, string text, string expected) =>
        Assert.AreEqual(expected, Tokens(TokenSplit.Character, standardize, text));

    [TestMethod]
    public void Current_HalfOfSurrogatePair_IsCharacterOfItsOwn()
    {
        // Not data rows: attributes cannot hold such text.
        Assert.AreEqual("a|\ud800|b", Tokens(TokenSplit.Word, standardize: false, "a\ud800b"));
        Assert.AreEqual("a|b|\u00e9", Tokens(TokenSplit.Word, standardize: true, "a\ud800b e\u0301"));
        Assert.AreEqual("a|\udc57|\ud83d", Tokens(TokenSplit.Character, standardize: true, "a\udc57\ud83d"));
        Assert.AreEqual("a\ud83d", Tokens(TokenSplit.Whitespace, standardize: true, "A\ud83d "));
    }

    [TestMethod]
    public void Start_ShorterTextAfterLonger_ForgetsTheLonger()
    {
        var tokenizer = Tokenizer.Of(new(TokenSplit.Word, Standardize: true));

        string longer = Tokens(tokenizer, "ONE two three"), shorter = Tokens(tokenizer, "Füür"), none = Tokens(tokenizer, "");

        Assert.AreEqual("one|two|three, füür, ", $"{longer}, {shorter}, {none}");
        Assert.IsFalse(tokenizer.MoveNext());
    }

    [TestMethod]
    [DataRow("Well-made, don't wait!")]
    [DataRow("Ein Café für Łukasz’ 👩\u200D👧 日本")]
    [DataRow("cafe\u0301 \u1100\u1161\u11A8 สั\u0E49")]
    public void MoveNext_TextsOfAKindMetBefore_AllocatesNothing(string text)
    {
        var tokenizer = Tokenizer.Of(new(TokenSplit.Word, Standardize: true));
        Cut();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Cut();
        Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());

        void Cut()
        {
            tokenizer.Start(text.AsMemory());
            while (tokenizer.MoveNext()) _ = tokenizer.Current;
        }
    }

    private static string Tokens(TokenSplit split, bool standardize, string text) => Tokens(Tokenizer.Of(new(split, standardize)), text);

    private static string Tokens(Tokenizer tokenizer, string text)
    {
        var tokens = new List<string>();
        tokenizer.Start(text.AsMemory());
        while (tokenizer.MoveNext()) tokens.Add(tokenizer.Current.ToString());
        return string.Join('|', tokens);
    }
}
