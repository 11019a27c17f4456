namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TermTableTests
{
    [TestMethod]
    public void Add_TermsOfAllLengths_CountsEachByItself()
    {
        var random = new Random(4);
        var (table, expected) = (new TermTable(), new Dictionary<string, long>());

        for (int i = 0; i < 30_000; i++)
        {
            // Beginnings that are the same, and zeros, which shorter terms must not be taken to end with.
            string text = string.Concat(random.GetItems<char>("ab\0", 20));
            int start = random.Next(19), end = random.Next(start + 1, 21);
            string term = text[start..end];
            bool isNew = i % 2 == 0 ? table.Add(text, start, end) : table.Add(term, 1);
            Assert.AreEqual(expected.TryAdd(term, 0), isNew);
            expected[term]++;
        }

        Assert.AreEqual(expected.Count, table.Count);
        Assert.AreEqual(expected.Keys.Sum(term => term.Length), table.Characters);
        foreach (var (term, count) in expected) Assert.AreEqual(count, table.CountOf(term));
        var inOrder = new TableTerms(table, inOrder: true);
        foreach (string term in expected.Keys.Order(StringComparer.Ordinal))
        {
            Assert.IsTrue(inOrder.MoveNext());
            Assert.AreEqual(term, inOrder.Term.ToString());
        }
    }
}
