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
    public void KeyType_Terms_CountsUnknown()
    {
        var type = new Vocabulary(["[UNK]", "a"]).KeyType;

        Assert.AreEqual(typeof(uint), type.RawType);
        Assert.AreEqual(2ul, type.Count);
    }

    [TestMethod]
    public void Read_Written_GivesSameTerms()
    {
        string[] terms = ["[UNK]", "\"'\\", "é", "👗", " ", "\u0000\n"];
        var entries = new MemoryEntries();
        entries.Write("Test", writer => new Vocabulary(terms).Write(writer));

        CollectionAssert.AreEqual(terms, Vocabulary.Read(entries.Open(), terms.Length).Terms.ToArray());
    }

    [TestMethod]
    [DataRow("[\"[UNK]\",\"a\"]", "It holds 2 terms; the transformer has 3, at least 1.")]
    [DataRow("[\"[UNK]\",\"a\",null]", "It holds an empty term.")]
    [DataRow("[\"[UNK]\",\"a\",\"\"]", "It holds an empty term.")]
    [DataRow("[\"[UNK]\",\"a\",\"a\"]", "It holds a term twice.")]
    [DataRow("null", "It is null.")]
    public void Read_NotTheTermsOfTheTransformer_SaysSo(string json, string cause)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => Vocabulary.Read(Entries(json).Open(), 3));

        Assert.AreEqual(
            $"The model file is damaged: entry 'vocabulary.json' cannot be used. {cause}\nCopy or download the file again, or save the model anew.", error.Message);
    }

    [TestMethod]
    [DataRow("[\"[UNK]\",")]
    [DataRow("{}")]
    [DataRow("")]
    [DataRow("[\"[UNK]\",\"a\",1]")]
    public void Read_OtherJson_SaysWhichEntry(string json)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => Vocabulary.Read(Entries(json).Open(), 3));

        StringAssert.StartsWith(error.Message, "The model file is damaged: entry 'vocabulary.json' cannot be used. ");
    }

    private static MemoryEntries Entries(string json)
    {
        var entries = new MemoryEntries();
        entries.Write("Test", writer => writer.Write(Vocabulary.EntryName, stream => stream.Write(Encoding.UTF8.GetBytes(json))));
        return entries;
    }
}
