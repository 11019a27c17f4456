using System.IO.Hashing;
using System.Text;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class HashedKeysTests
{
    [TestMethod]
    [DataRow("dress", 0)]
    [DataRow("dress", 7)]
    [DataRow("not good", 1)]
    [DataRow("Größe 👗", 0)]
    public void KeyOf_AnyTerm_IsThatOfTheDocumentation(string term, int function)
    {
        ulong hash = XxHash3.HashToUInt64(Encoding.Unicode.GetBytes(term), function);

        Assert.AreEqual(2 + (uint)(hash % 1000), new HashedKeys(1000, function).KeyOf(term));
    }

    [TestMethod]
    [DataRow("dress", 0, 5780934u)]
    [DataRow("dress", 1, 9394808u)]
    [DataRow("8", 0, 12101774u)]
    [DataRow("8", 1, 14742808u)]
    public void KeyOf_KnownTerm_StaysWhatSavedModelsLearned(string term, int function, uint key) =>
        Assert.AreEqual(key, new HashedKeys(HashedKeys.MaxBuckets, function).KeyOf(term));

    [TestMethod]
    public void KeyOf_EmptyTerm_IsMissing() => Assert.AreEqual(TermKeys.Missing, new HashedKeys(10).KeyOf(""));

    [TestMethod]
    public void KeyOf_ManyTerms_MeetsEachKeyAboutEquallyOftenAndNoOther()
    {
        var keys = new HashedKeys(10);

        var counts = Enumerable.Range(0, 10_000).CountBy(i => keys.KeyOf($"term {i}")).ToDictionary();

        CollectionAssert.AreEquivalent(Enumerable.Range(2, 10).Select(key => (uint)key).ToArray(), counts.Keys);
        Assert.IsTrue(counts.Values.All(count => Math.Abs(count - 1000) < 5 * Math.Sqrt(900)), string.Join(' ', counts.Values));
        Assert.AreEqual(11, keys.Count);
    }

    [TestMethod]
    public void KeyOf_OtherFunction_SeparatesTermsThatMeet()
    {
        HashedKeys first = new(100), second = new(100, function: 1);
        string[] meeting = [.. Enumerable.Range(0, 10_000).Select(i => $"{i}").Where(term => first.KeyOf(term) == 50)];

        int meetingAgain = meeting.Count(term => second.KeyOf(term) == second.KeyOf(meeting[0]));

        Assert.IsGreaterThan(50, meeting.Length);
        Assert.IsLessThan(10, meetingAgain);
    }
}
