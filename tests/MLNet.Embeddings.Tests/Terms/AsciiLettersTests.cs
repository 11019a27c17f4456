namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class AsciiLettersTests
{
    private const string Signs = "abcdXYZ0129    ...'''##++,-_*/\t\n\0";

    [TestMethod]
    [DataRow(0, 3_000)]
    [DataRow(60, 300)]
    [DataRow(1_000, 20)]
    public void MoveNext_TextOfAscii_CutsAsAmongOtherLetters(int length, int count)
    {
        var random = new Random(3);
        for (int i = 0; i < count; i++)
        {
            // A letter of another script at the end makes the rules look at every character.
            string text = string.Concat(random.GetItems<char>(Signs, length + random.Next(12)));
            string expected = string.Join('|', OneByOne($"{text} é"));

            Assert.AreEqual(expected, string.Join('|', OneByOne(text).Append("é")), text);
            Assert.AreEqual(expected, string.Join('|', ManyAtATime(text).Append("é")), text);
        }
    }

    [TestMethod]
    public void Take_MostTokens_LeavesTheOthers()
    {
        var terms = TextTerms.Of(new(TokenSplit.Word, Standardize: true), 1);

        terms.Start("One two, three four".AsMemory(), maxTokens: 3);
        var text = terms.Take(out var tokens);
        string[] taken = Words(text, tokens);
        terms.Take(out var more);

        Assert.AreEqual("one|two|three", string.Join('|', taken));
        Assert.IsTrue(more.IsEmpty);
        Assert.IsFalse(terms.MoveNext());
        Assert.AreEqual(1, terms.SkipRest());
    }

    private static List<string> OneByOne(string text)
    {
        List<string> words = [];
        var terms = TextTerms.Of(new(TokenSplit.Word, Standardize: true), 1);
        for (terms.Start(text.AsMemory()); terms.MoveNext();) words.Add(terms.Current.ToString());
        return words;
    }

    private static List<string> ManyAtATime(string text)
    {
        List<string> words = [];
        var terms = TextTerms.Of(new(TokenSplit.Word, Standardize: true), 1);
        terms.Start(text.AsMemory());
        for (var all = terms.Take(out var tokens); !tokens.IsEmpty; all = terms.Take(out tokens)) words.AddRange(Words(all, tokens));
        Assert.IsFalse(terms.MoveNext());
        return words;
    }

    private static string[] Words(ReadOnlySpan<char> text, ReadOnlySpan<(int Start, int End)> tokens)
    {
        string[] words = new string[tokens.Length];
        for (int i = 0; i < words.Length; i++) words[i] = text[tokens[i].Start..tokens[i].End].ToString();
        return words;
    }
}
