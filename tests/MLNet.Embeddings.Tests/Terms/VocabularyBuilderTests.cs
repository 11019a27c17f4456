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

    [TestMethod]
    [DataRow(7)]
    [DataRow(60)]
    [DataRow(100_000)]
    public void Build_MoreTermsThanAreKeptInMemory_IsThatOfOnePassInMemory(int mostInMemory)
    {
        string[] met = Terms(20_000);
        var known = new Vocabulary(["[UNK]", "k1", "k12", "never met"], setAside: 3);
        foreach (var settings in new[] { Settings(40), Settings(minCount: 3), Settings(500) with { ManyKeys = 100 }, Settings(int.MaxValue) })
        {
            using var bounded = Count(met, mostInMemory);
            var counts = met.Where(term => term.Length > 0).CountBy(term => term).ToArray();
            string[] expected = Expected(counts, settings, known);

            var vocabulary = bounded.Build(settings, known, out string summary);

            CollectionAssert.AreEqual(expected, vocabulary.Terms.Skip(known.Terms.Count).ToArray());
            using var unbounded = Count(met, int.MaxValue);
            unbounded.Build(settings, known, out string expectedSummary);
            Assert.AreEqual(expectedSummary, summary);
            string[] some = [.. expected.Take(30), "not there"];
            Assert.AreEqual(counts.Where(term => some.Contains(term.Key)).Sum(term => (long)term.Value), bounded.CountOf(some));
            CollectionAssert.AreEquivalent(counts.Select(term => term.Key).ToArray(), bounded.Terms.ToArray());
            Assert.AreEqual(mostInMemory > counts.Length, bounded.Files == 0);
            Assert.IsLessThan(60, bounded.Files, "small files become larger ones");
        }
    }

    [TestMethod]
    public void Merge_PartsInAnyOrder_IsOnePass()
    {
        string[] met = Terms(3_000);
        byte[] expected = Merges.Bytes(Count(met, int.MaxValue));

        Merges.Check(met.Length, (part, range) => Count(met[range], part % 2 == 0 ? 50 : int.MaxValue), () => new VocabularyBuilder(100), merged =>
        {
            CollectionAssert.AreEqual(expected, Merges.Bytes(merged));
            Assert.IsGreaterThan(0, merged.Files);
            merged.Dispose();
        });
        Merges.RefusesDamage(Count(met, 100), () => new VocabularyBuilder());
    }

    [TestMethod]
    [DataRow("0 1 97 1 0 1 97 1 0 0", DisplayName = "a term twice")]
    [DataRow("0 1 98 1 0 1 97 1 0 0", DisplayName = "not in order")]
    [DataRow("0 1 97 0 0 0", DisplayName = "a count of 0")]
    [DataRow("3 1 97 1 0 0", DisplayName = "more shared than there is")]
    [DataRow("0 1 97 1 1 0", DisplayName = "an end that shares")]
    public void Merge_SomethingElse_IsRefused(string numbers)
    {
        using var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        Merging.Begin(writer, nameof(VocabularyBuilder));
        foreach (string number in numbers.Split(' ')) writer.Write(byte.Parse(number));

        Merges.Refuses(new VocabularyBuilder(), stream.ToArray());
    }

    [TestMethod]
    public void TakeOver_Another_AddsItsFilesAndItsMemory()
    {
        string[] met = Terms(5_000);
        using var whole = Count(met[..2_000], 500);
        using var other = Count(met[2_000..], 30);

        whole.TakeOver(other);

        CollectionAssert.AreEqual(Merges.Bytes(Count(met, int.MaxValue)), Merges.Bytes(whole));
        Assert.AreEqual(0, other.Files);
    }

    [TestMethod]
    public void Add_LongTerms_StayWhatTheyAre()
    {
        string[] met = [.. Enumerable.Range(0, 40).Select(i => new string((char)('a' + i % 4), i % 7 == 0 ? 40_000 + i : 3_000 * (i % 5) + 1))];
        foreach (int mostInMemory in new[] { 2, int.MaxValue })
        {
            using var builder = Count(met, mostInMemory);

            CollectionAssert.AreEquivalent(met.Distinct().ToArray(), builder.Terms.ToArray());
            foreach (string term in met.Distinct()) Assert.AreEqual(met.Count(one => one == term), builder.CountOf([term]));
        }
    }

    [TestMethod]
    public void Dispose_Files_AreGone()
    {
        static string[] Files() => Directory.GetFiles(Path.GetTempPath(), "mlnet-embeddings-*");
        string[] before = Files();

        using (var builder = Count(Terms(500), 10)) Assert.IsGreaterThan(0, builder.Files);

        Assert.IsEmpty(Files().Except(before).ToArray());
    }

    /// <summary>Texts of few letters, of which some are halves of surrogate pairs, many of them again and again.</summary>
    private static string[] Terms(int count)
    {
        const string letters = "abcdkAé\u4e00\ufb01\ud83d\udc57 ";
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i => random.Next(4) switch
        {
            0 => $"k{random.Next(40)}",
            1 => "",
            _ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => letters[random.Next(letters.Length)])]),
        })];
    }

    private static VocabularyBuilder Count(IEnumerable<string> met, int mostInMemory)
    {
        var builder = new VocabularyBuilder(mostInMemory);
        foreach (string term in met) builder.Add(term);
        return builder;
    }

    private static string[] Expected(KeyValuePair<string, int>[] counts, VocabularySettings settings, Vocabulary known)
    {
        var found = counts.Where(term => term.Value >= settings.MinCount && !known.Contains(term.Key) && Vocabulary.IsTerm(term.Key)).ToArray();
        int least = settings.LeastCount(known.Count + found.Length);
        var kept = found.Where(term => term.Value >= least).OrderByDescending(term => term.Value).ThenBy(term => term.Key, StringComparer.Ordinal);
        return [.. kept.Take(settings.MaxTerms).Select(term => term.Key)];
    }

    private static VocabularySettings Settings(int maxTerms = 100, int minCount = 1) => new("[UNK]", maxTerms, minCount, null);

    private static string Terms(VocabularySettings settings, params string[] met)
    {
        var builder = new VocabularyBuilder();
        foreach (string term in met) builder.Add(term);
        return string.Join(' ', builder.Build(settings, new Vocabulary(["[UNK]"]), out _).Terms);
    }
}
