namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VocabularyBuilderTests
{
    [TestMethod]
    public void Build_Counts_OrdersByFallingCountThenOrdinally() =>
        Assert.AreEqual("[UNK] c B a b é", Terms(Settings(), "b", "c", "a", "c", "B", "é"));

    [TestMethod]
    public void Build_MoreTermsThanCap_KeepsMostFrequent() =>
        Assert.AreEqual("[UNK] c a", Terms(Settings(maxTerms: 2), "b", "c", "a", "c", "B", "c", "a"));

    [TestMethod]
    public void Build_TermsUnderMinCount_LeavesThemOut() =>
        Assert.AreEqual("[UNK] c a", Terms(Settings(minCount: 2), "b", "c", "a", "c", "c", "a"));

    [TestMethod]
    public void Build_UnknownTermAndEmptyOnesMet_CountsThemNotAsTerms() =>
        Assert.AreEqual("[UNK] a", Terms(Settings(maxTerms: 1), "[UNK]", "[UNK]", "", "", "", "a"));

    [TestMethod]
    public void Build_HalfOfSurrogatePair_IsNoTerm() =>
        Assert.AreEqual("[UNK] 👗", Terms(Settings(), "\ud83d", "a\udc57", "\udc57\ud83d", "👗"));

    [TestMethod]
    public void Build_Nothing_HasUnknownTermOnly() => Assert.AreEqual("[UNK]", Terms(Settings()));

    [TestMethod]
    public void Add_SeveralTimes_CountsThemAll()
    {
        var builder = new VocabularyBuilder();
        builder.Add("zero", 0);
        builder.Add("a");
        builder.Add("b", 1_000_000_000);
        builder.Add("b", 2_000_000_000);

        var vocabulary = builder.Build(Settings(maxTerms: 1), new Vocabulary(["[UNK]"]), out string summary);

        Assert.AreEqual("[UNK] b", string.Join(' ', vocabulary.Terms));
        Assert.AreEqual("1 of 2 terms have keys; 1 of 3,000,000,001 occurrences are unknown.", summary);
    }

    private static VocabularySettings Settings(int maxTerms = 100, int minCount = 1) => new("[UNK]", maxTerms, minCount, null);

    private static string Terms(VocabularySettings settings, params string[] met)
    {
        var builder = new VocabularyBuilder();
        foreach (string term in met) builder.Add(term);
        return string.Join(' ', builder.Build(settings, new Vocabulary(["[UNK]"]), out _).Terms);
    }
}
