using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VectorTextTests
{
    [TestMethod]
    public void SaveAsText_Vectors_IsWord2VecsFormat()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a.vec");

        new EmbeddingVectors(["new york", "søt"], [[0.1f, -2], [1e-20f, 3]]).SaveAsText(path);

        Assert.AreEqual("2 2\nnew york 0.1 -2\nsøt 1E-20 3\n", File.ReadAllText(path));
        CollectionAssert.AreEqual(new[] { path }, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void SaveAsText_ThenFitWithThem_BeginsWithTheSameVectors()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "cities.vec");
        var rows = CityRow.Random(40);
        var options = CityRow.Options with { MaxEpochs = 1 };
        var learned = CityRow.Fit(options, rows).Vectors("City");

        learned.SaveAsText(path);
        var given = InputColumn.Category("CityKey") with { Vectors = PretrainedVectors.FromTextFile(path) with { Trainable = false } };
        var again = CityRow.Fit(options with { Columns = [given] }, rows).Vectors("City");

        CollectionAssert.AreEqual(learned.Terms.ToArray(), again.Terms.ToArray());
        foreach (string term in learned.Terms) CollectionAssert.AreEqual(learned[term].ToArray(), again[term].ToArray());
    }

    [TestMethod]
    [DataRow("", "is no text")]
    [DataRow("two\nlines", "has a line break")]
    [DataRow(" edge", "begins or ends with a blank")]
    [DataRow("size 1.5", "ends with what looks like numbers")]
    public void SaveAsText_TermThatCouldNotBeReadBack_IsRefusedAndNothingWritten(string term, string reason)
    {
        using var folder = new TemporaryFolder();
        var vectors = new EmbeddingVectors(["fine", term], [[1], [2]]);

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => vectors.SaveAsText(Path.Combine(folder.Path, "a.vec")));

        StringAssert.Contains(error.Message, $"the term '{term}' (number 1) {reason}");
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }
}
