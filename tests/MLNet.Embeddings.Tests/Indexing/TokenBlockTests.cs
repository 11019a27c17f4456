using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Cursors index texts in blocks, and so does fitting; what they give is compared with one text at a time.</summary>
[TestClass]
public sealed class TokenBlockTests
{
    private static readonly string?[] Words = ["the", "dress", "The hem", "isn't", "", null, "nice!", "...", "größer", "\uD83D\uDC57"];

    [TestMethod]
    [DataRow(TokenSplit.Word, 1, 256, false)]
    [DataRow(TokenSplit.Whitespace, 2, 3, false)]
    [DataRow(TokenSplit.Character, 3, 40, true)]
    public void Cursor_ManyTexts_GivesWhatSingleRowsGive(TokenSplit split, int ngramLength, int maxLength, bool fixedLength)
    {
        var data = TextRow.View(Texts(700));
        var options = new TokenIndexingOptions { Split = split, NgramLength = ngramLength, MaxLength = maxLength, FixedLength = fixedLength, MaxTerms = 12 };
        var transformer = new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options).Fit(data);

        var view = transformer.Transform(data);

        CollectionAssert.AreEqual(Rows.OneByOne(transformer, data), Rows.ById(view.GetRowCursor(view.Schema)));
    }

    [TestMethod]
    public void Cursor_TextThatCannotBeRead_ThrowsOnlyWhereItsKeysAreAsked()
    {
        var context = new MLContext();
        var texts = context.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new NumberedText { Number = i }));
        var view = context.Transforms.Text.IndexTokens("Keys", "Text", new() { Vocabulary = ["a"] }).Fit(texts).Transform(texts);
        using var cursor = view.GetRowCursor(view.Schema);
        var (number, keys) = (cursor.GetGetter<int>(view.Schema["Number"]), cursor.GetGetter<VBuffer<uint>>(view.Schema["Keys"]));
        int given = 0;
        VBuffer<uint> value = default;

        for (int i = 0; i < 100; i++)
        {
            Assert.IsTrue(cursor.MoveNext());
            number(ref given);
            Assert.AreEqual(i, given);
            if (i is 7 or 60)
            {
                Assert.AreEqual($"text {i}", Assert.ThrowsExactly<FormatException>(() => keys(ref value)).Message);
                continue;
            }
            keys(ref value);
            CollectionAssert.AreEqual((uint[])[2, 1], value.DenseValues().ToArray());
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(1024)]
    [DataRow(5000)]
    public void Fit_ManyTexts_CountsEachTermOfEach(int count)
    {
        string?[] texts = Texts(count);
        var counts = texts.SelectMany(text => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)).CountBy(term => term)
            .OrderByDescending(term => term.Value).ThenBy(term => term.Key, StringComparer.Ordinal);
        var options = new TokenIndexingOptions { Split = TokenSplit.Whitespace, Standardize = false };

        var transformer = new MLContext().Transforms.Text.IndexTokens("Keys", "Text", options).Fit(TextRow.View(texts));

        CollectionAssert.AreEqual(counts.Select(term => term.Key).Prepend("[UNK]").ToArray(), transformer.Terms.ToArray());
    }

    [TestMethod]
    public void Fit_TextThatCannotBeRead_ThrowsItsException()
    {
        var texts = new MLContext().Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new NumberedText { Number = i }));

        var error = Assert.ThrowsExactly<FormatException>(() => new MLContext().Transforms.Text.IndexTokens("Keys", "Text").Fit(texts));

        Assert.AreEqual("text 7", error.Message);
    }

    private static string?[] Texts(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i =>
            random.Next(5) == 0 ? Words[random.Next(Words.Length)] : string.Join(' ', random.GetItems(Words, random.Next(60))))];
    }

    private sealed class NumberedText
    {
        public int Number { get; set; }

        public string Text
        {
            get => Number is 7 or 60 ? throw new FormatException($"text {Number}") : "a b";
            set => throw new NotSupportedException(value);
        }
    }
}
