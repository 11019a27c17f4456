namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class TextCounterTests
{
    private static readonly TextCutting Cutting = new(TokenSplit.Word, Standardize: true, KeepsSpacing: false, TextRules.Current);

    [TestMethod]
    [DataRow(1, 5, 300)]
    [DataRow(1, int.MaxValue, int.MaxValue)]
    [DataRow(2, 12, 1_000)]
    public void Finish_ManyTexts_CountsAsOneThreadWould(int ngramLength, int maxTokens, int mostInMemory)
    {
        string[] texts = Texts(20_000);
        using var expected = CountOneByOne(texts, ngramLength, maxTokens);

        using var counter = new TextCounter(() => TextTerms.Of(Cutting, ngramLength), maxTokens, mostInMemory);
        foreach (string text in texts) counter.Add(text.AsMemory());
        using var counts = counter.Finish(texts.Length);

        CollectionAssert.AreEqual(Merges.Bytes(expected), Merges.Bytes(counts));
        Assert.IsGreaterThan(0, counts.Lengths.Texts);
        if (mostInMemory < int.MaxValue) Assert.IsGreaterThan(0, counts.Terms.Files);
    }

    [TestMethod]
    public void Finish_NoTexts_IsEmpty()
    {
        using var counter = new TextCounter(() => TextTerms.Of(Cutting, 1), 10);

        using var counts = counter.Finish(3);

        Assert.IsEmpty(counts.Terms.Terms);
        Assert.AreEqual(3, counts.Rows);
    }

    [TestMethod]
    public void Add_MemoryThatChanges_CountsWhatItWas()
    {
        char[] memory = new char[5];
        using var counter = new TextCounter(() => TextTerms.Of(Cutting, 1), 10);
        for (int i = 0; i < 3_000; i++)
        {
            memory.AsSpan().Fill((char)('a' + i % 3));
            counter.Add(memory);
        }

        using var counts = counter.Finish(3_000);

        foreach (string term in new[] { "aaaaa", "bbbbb", "ccccc" }) Assert.AreEqual(1_000, counts.Terms.CountOf([term]));
    }

    [TestMethod]
    public void Add_CuttingFails_EndsWithItsError()
    {
        using var counter = new TextCounter(() => new FailingTerms(), 10);

        Assert.ThrowsExactly<InvalidDataException>(() =>
        {
            foreach (string text in Texts(50_000)) counter.Add(text.AsMemory());
            counter.Finish(1);
        });
    }

    [TestMethod]
    public void Merge_PartsInAnyOrder_IsOnePass()
    {
        string[] texts = Texts(2_000);
        byte[] expected = Merges.Bytes(CountOneByOne(texts, 1, 7));

        Merges.Check(texts.Length, (_, range) => CountOneByOne(texts[range], 1, 7), () => new TermCounts(), merged =>
        {
            CollectionAssert.AreEqual(expected, Merges.Bytes(merged));
            Assert.AreEqual(texts.Length, merged.Rows);
        });
        Merges.RefusesDamage(CountOneByOne(texts, 1, 7), () => new TermCounts());
        Merges.RefusesDamage(CountOneByOne(texts, 1, 7).Lengths, () => new TextLengths());
    }

    private static string[] Texts(int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).Select(_ =>
            string.Join(random.Next(4) == 0 ? ", " : " ", Enumerable.Range(0, random.Next(12)).Select(_ => $"Word{random.Next(900) * random.Next(3)}")))];
    }

    private static TermCounts CountOneByOne(string[] texts, int ngramLength, int maxTokens)
    {
        var (counts, lengths) = (new VocabularyBuilder(), new TextLengths());
        foreach (string text in texts)
        {
            var terms = TextTerms.Of(Cutting, ngramLength);
            int tokens = 0;
            for (terms.Start(text.AsMemory(), maxTokens); terms.MoveNext(); tokens += terms.Length == 1 ? 1 : 0) counts.Add(terms.Current);
            lengths.Add(tokens, terms.SkipRest());
        }
        return new TermCounts(counts, lengths, texts.Length);
    }

    private sealed class FailingTerms : TextTerms
    {
        internal override ReadOnlySpan<char> Current => "";

        internal override TermPlace Place => default;

        internal override void Start(ReadOnlyMemory<char> text, int maxTokens = int.MaxValue) => throw new InvalidDataException("It cannot be cut.");

        internal override bool MoveNext() => false;

        internal override bool IsCut() => false;

        internal override int SkipRest() => 0;
    }
}
