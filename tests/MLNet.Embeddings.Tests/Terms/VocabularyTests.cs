using System.Text;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VocabularyTests
{
    [TestMethod]
    public void KeyOf_Terms_ReservesMissingAndUnknown()
    {
        var vocabulary = new Vocabulary(["?", "b", "a"]);

        Assert.AreEqual(0u, vocabulary.KeyOf(""));
        Assert.AreEqual(1u, vocabulary.KeyOf("?"));
        Assert.AreEqual(2u, vocabulary.KeyOf("b"));
        Assert.AreEqual(3u, vocabulary.KeyOf("a"));
        Assert.AreEqual(1u, vocabulary.KeyOf("A"));
        Assert.AreEqual(1u, vocabulary.KeyOf("c"));
    }

    [TestMethod]
    public void With_OtherTerms_KeepsKeys()
    {
        var vocabulary = new Vocabulary(["?", "b"], setAside: 10).With(["a"]);

        Assert.AreEqual(13, vocabulary.Count);
        Assert.AreEqual((1u, 12u, 13u), (vocabulary.KeyOf("?"), vocabulary.KeyOf("b"), vocabulary.KeyOf("a")));
    }

    [TestMethod]
    public void Vocabulary_TermTwice_IsRefused() => Assert.ThrowsExactly<ArgumentException>(() => new Vocabulary(["?", "a", "a"]));

    [TestMethod]
    public void IsTerm_Text_IsNotEmptyAndWellFormed()
    {
        // Not in attributes, whose texts are UTF-8, which has no halves of surrogate pairs.
        foreach (string? text in new[] { "", null, "a\ud83d", "\udc57\ud83d" }) Assert.IsFalse(Vocabulary.IsTerm(text));
        foreach (string text in new[] { "a", "\ud83d\udc57", " " }) Assert.IsTrue(Vocabulary.IsTerm(text));
    }

    [TestMethod]
    public void Read_Written_GivesSameTermsAndKeys()
    {
        string[] terms = ["[UNK]", "\"'\\", "é", "👗", " ", "\u0000\n"];
        using var file = new MemoryStream();
        new Vocabulary(terms).Write(file);
        file.Position = 0;

        var read = Vocabulary.Read(file, terms.Length, setAside: 4);

        CollectionAssert.AreEqual(terms, read.Terms.ToArray());
        Assert.AreEqual((7u, 1u), (read.KeyOf("é"), read.KeyOf("e")));
    }

    [TestMethod]
    public void Write_Terms_IsIndentedJson()
    {
        using var file = new MemoryStream();

        new Vocabulary(["[UNK]", "a"]).Write(file);

        Assert.AreEqual("[\n  \"[UNK]\",\n  \"a\"\n]", Encoding.UTF8.GetString(file.ToArray()).ReplaceLineEndings("\n"));
    }

    [TestMethod]
    [DataRow("[\"[UNK]\",\"a\"]", "It holds 2 terms; the transformer has 3, at least 1.")]
    [DataRow("[\"[UNK]\",\"a\",null]", "It holds an empty term.")]
    [DataRow("[\"[UNK]\",\"a\",\"\"]", "It holds an empty term.")]
    [DataRow("[\"[UNK]\",\"a\",\"a\"]", "It holds a term twice.")]
    [DataRow("null", "It is null.")]
    public void Read_NotTheTermsOfTheTransformer_SaysSo(string json, string cause)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(json));

        Assert.AreEqual(cause, Assert.ThrowsExactly<FormatException>(() => Vocabulary.Read(file, termCount: 3)).Message);
    }
}
