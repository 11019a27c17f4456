using System.Text;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VocabularyEntryTests
{
    [TestMethod]
    public void Read_Written_GivesSameTerms()
    {
        string[] terms = ["[UNK]", "\"'\\", "é", "👗", " ", "\u0000\n"];
        var entries = new MemoryEntries();
        entries.Write("Test", writer => new Vocabulary(terms).Write(writer));

        CollectionAssert.AreEqual(terms, VocabularyEntry.Read(entries.Open(), terms.Length).Terms.ToArray());
    }

    [TestMethod]
    [DataRow("[\"[UNK]\",\"a\"]", "It holds 2 terms; the transformer has 3, at least 1.")]
    [DataRow("[\"[UNK]\",\"a\",\"a\"]", "It holds a term twice.")]
    [DataRow("null", "It is null.")]
    public void Read_NotTheTermsOfTheTransformer_SaysSo(string json, string cause)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => VocabularyEntry.Read(Entries(json).Open(), 3));

        Assert.AreEqual(
            $"The model file is damaged: entry 'vocabulary.json' cannot be used. {cause}\n" +
            "Copy or download the file again, or save the model anew.", error.Message);
    }

    [TestMethod]
    [DataRow("[\"[UNK]\",")]
    [DataRow("{}")]
    [DataRow("")]
    [DataRow("[\"[UNK]\",\"a\",1]")]
    public void Read_OtherJson_SaysWhichEntry(string json)
    {
        var error = Assert.ThrowsExactly<FormatException>(() => VocabularyEntry.Read(Entries(json).Open(), 3));

        StringAssert.StartsWith(error.Message, "The model file is damaged: entry 'vocabulary.json' cannot be used. ");
    }

    private static MemoryEntries Entries(string json)
    {
        var entries = new MemoryEntries();
        entries.Write("Test", writer => writer.Write(VocabularyEntry.Name, stream => stream.Write(Encoding.UTF8.GetBytes(json))));
        return entries;
    }
}
