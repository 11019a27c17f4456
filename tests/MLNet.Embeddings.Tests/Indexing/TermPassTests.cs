using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings.Tests;

/// <summary>Fits whose terms somebody else counts, in parts of the rows.</summary>
[TestClass]
public sealed class TermPassTests
{
    private static readonly MLContext Context = new(1);

    private static readonly Row[] Rows = [.. Enumerable.Range(0, 400).Select(i => new Row
    {
        Title = i % 9 == 0 ? "" : $"Title {i % 7}, of {i % 50}",
        Body = string.Join(' ', Enumerable.Range(0, i % 13).Select(word => $"word{word * i % 90}")),
        Town = i % 5 == 0 ? null! : $"town {i % 17}",
        Size = i % 11 == 0 ? float.NaN : i % 6,
    })];

    private static readonly TokenIndexingOptions[] TokenOptions =
    [
        new(), new() { MaxLength = 5, MinCount = 2 }, new() { NgramLength = 2, MaxTerms = 100 }, new() { Split = TokenSplit.WordCharacter, NgramLength = 3 },
        new() { Vocabulary = ["word1", "title"] }, new() { HashBuckets = 30 },
    ];

    [TestMethod]
    public void FitTokens_CountedInParts_IsThatOfAllRows()
    {
        foreach (var options in TokenOptions)
        {
            var estimator = new TokenIndexingEstimator(Context, [new("A", "Title"), new("B", "Body"), new("C", "Title")], options);
            var expected = estimator.Fit(View(Rows));
            int asked = 0;

            var fitted = estimator.Fit(new SchemaOnly(View(Rows)), previous: null, request =>
            {
                asked++;
                return CountInParts(request);
            });

            Assert.AreEqual(string.Join('|', expected.Terms), string.Join('|', fitted.Terms));
            Assert.AreEqual(expected.Shape.ToString(), fitted.Shape.ToString());
            Assert.AreEqual(options.Vocabulary is null && options.HashBuckets is null ? 1 : 0, asked);
        }
    }

    [TestMethod]
    public void FitTokens_CountedInParts_TellsTheSame()
    {
        var options = new TokenIndexingOptions { MaxLength = 4, MaxTerms = 10 };

        string[] Told(Func<TokenIndexingEstimator, TokenIndexingTransformer> fit)
        {
            var (context, told) = (new MLContext(1), new List<string>());
            context.Log += (_, message) =>
            {
                // Those of the estimator, without times.
                if (message.Source.StartsWith(nameof(TokenIndexingEstimator), StringComparison.Ordinal) && message.Kind != ChannelMessageKind.Trace)
                    told.Add(message.RawMessage);
            };
            fit(new TokenIndexingEstimator(context, [new("A", "Title"), new("B", "Body")], options));
            return [.. told];
        }

        string[] expected = Told(estimator => estimator.Fit(View(Rows)));
        CollectionAssert.AreEqual(expected, Told(estimator => estimator.Fit(new SchemaOnly(View(Rows)), previous: null, CountInParts)));
        Assert.IsTrue(Array.Exists(expected, message => message.Contains("are unknown: they are none of the MaxTerms", StringComparison.Ordinal)));
        Assert.IsTrue(Array.Exists(expected, message => message.Contains("more than MaxLength = 4", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void FitCategories_CountedInParts_IsThatOfAllRows()
    {
        foreach (var options in new CategoryIndexingOptions[] { new(), new() { MinCount = 30 }, new() { HashBuckets = 7 } })
        {
            var estimator = new CategoryIndexingEstimator(Context, [new("A", "Town"), new("B", "Size")], options);
            var expected = estimator.Fit(View(Rows));

            var fitted = estimator.Fit(new SchemaOnly(View(Rows)), previous: null, CountInParts);

            Assert.AreEqual(string.Join('|', expected.Vocabulary?.Terms ?? []), string.Join('|', fitted.Vocabulary?.Terms ?? []));
            Assert.AreEqual(expected.Shape.ToString(), fitted.Shape.ToString());
        }
    }

    [TestMethod]
    public void Fit_PartsWithoutRows_SaysSo()
    {
        var estimator = new TokenIndexingEstimator(Context, [new("A", "Title")], new());

        var error = Assert.ThrowsExactly<InvalidOperationException>(() => estimator.Fit(new SchemaOnly(View(Rows)), previous: null, _ => new TermCounts()));

        StringAssert.StartsWith(error.Message, "The terms of column 'Title' cannot be learned, because the data has no rows.");
    }

    [TestMethod]
    public void Fit_ColumnOfAnotherType_IsRefusedBeforeAnybodyCounts()
    {
        var estimator = new TokenIndexingEstimator(Context, [new("A", "Size")], new());

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            estimator.Fit(new SchemaOnly(View(Rows)), previous: null, _ => throw new AssertFailedException("It was counted.")));
    }

    [TestMethod]
    public void Fit_ViewOfSeveralCursors_CountsAsByOne()
    {
        var view = new SplitView(View(Rows), View(Rows[300..]), View(Rows[..1]), View(Rows[1..300]));
        var tokens = new TokenIndexingEstimator(Context, [new("A", "Title"), new("B", "Body")], new() { NgramLength = 2, MinCount = 2 });
        var values = new CategoryIndexingEstimator(Context, [new("A", "Town"), new("B", "Title")], new() { MaxTerms = 20 });

        Assert.AreEqual(string.Join('|', tokens.Fit(View(Rows)).Terms), string.Join('|', tokens.Fit(view).Terms));
        Assert.AreEqual(string.Join('|', values.Fit(View(Rows)).Terms), string.Join('|', values.Fit(view).Terms));
        Assert.AreEqual(2, view.Splits);
        foreach (var request in new[]
        {
            new TermRequest(["Title"], TextRules.Current, new TextRequest(TokenSplit.Word, true, false, 1, 3)), new TermRequest(["Size"], TextRules.Current),
        })
        {
            using var expected = TermPass.Run(request, View(Rows), CancellationToken.None, Host());
            using var counts = TermPass.Run(request, view, CancellationToken.None, Host());
            CollectionAssert.AreEqual(Merges.Bytes(expected), Merges.Bytes(counts));
        }
    }

    [TestMethod]
    public void Run_Canceled_Ends()
    {
        var request = new TermRequest(["Title"], TextRules.Current, new TextRequest(TokenSplit.Word, true, false, 1, 10));
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsExactly<OperationCanceledException>(() => TermPass.Run(request, View(Rows), source.Token, Host()));
    }

    [TestMethod]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var texts = new TermRequest(["A", "B \" "], 2, new TextRequest(TokenSplit.WordCharacter, true, false, 3, 17));
        var values = new TermRequest(["A"], 1);

        Assert.AreEqual(texts, TermRequest.Read(texts.Write()));
        Assert.AreEqual(values, TermRequest.Read(values.Write()));
    }

    [TestMethod]
    [DataRow("null")]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("""{"columns":["A"],"rules":1,"more":2}""")]
    [DataRow("""{"columns":[null],"rules":1}""")]
    public void Read_SomethingElse_IsRefused(string text) => Assert.ThrowsExactly<FormatException>(() => TermRequest.Read(text));

    private static IHost Host() => ((IHostEnvironment)Context).Register("test");

    private static IDataView View(Row[] rows) => Context.Data.LoadFromEnumerable(rows);

    /// <summary>Counts as others would: each a part of the rows, of a request that came as text, giving bytes back.</summary>
    private static TermCounts CountInParts(TermRequest request)
    {
        string sent = request.Write();
        byte[][] parts = [.. new[] { 300..400, 0..1, 1..1, 1..300 }.Select(range =>
        {
            using var counts = TermPass.Run(TermRequest.Read(sent), View(Rows[range]), CancellationToken.None, Host());
            return Merges.Bytes(counts);
        })];
        return Merges.Merge(new TermCounts(), parts);
    }

    private sealed class Row
    {
        public string Title { get; set; } = "";

        public string Body { get; set; } = "";

        public string Town { get; set; } = "";

        public float Size { get; set; }
    }

    /// <summary>A view whose rows nobody may read.</summary>
    private sealed class SchemaOnly(IDataView inner) : IDataView
    {
        public DataViewSchema Schema => inner.Schema;

        public bool CanShuffle => false;

        public long? GetRowCount() => null;

        public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
            throw new AssertFailedException("The rows were read.");

        public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
            throw new AssertFailedException("The rows were read.");
    }
}
