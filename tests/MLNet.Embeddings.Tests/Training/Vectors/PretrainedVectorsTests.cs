using System.Globalization;
using Microsoft.ML;
using static MLNet.Embeddings.Tests.WordVectors;

namespace MLNet.Embeddings.Tests;

/// <summary>Which vectors of a file the rows of a table begin with.</summary>
[TestClass]
public sealed class PretrainedVectorsTests : IDisposable
{
    private readonly WordVectors _vectors = new();

    public void Dispose() => _vectors.Dispose();

    [TestMethod]
    public void Fit_TermsThatAreNotInTheFile_HaveTheVarianceOfThoseFound()
    {
        var view = WordRow.Keys(WordRow.Random(400, seed: 1));
        var (options, table, column) = Form("bag", _vectors.Of(Words[..60]) with { Trainable = false });

        float[] values = Table(Trainers.Of(options).Fit(view), table);

        var keys = Keys(view, column);
        float[] found = [.. Words[..60].SelectMany(word => Row(values, keys[word]))], others = [.. Words[60..].SelectMany(word => Row(values, keys[word]))];
        double variance = Variance(found);
        Assert.AreEqual(variance, Variance(others), variance / 3);
        Assert.IsLessThanOrEqualTo(Math.Sqrt(3 * variance), others.Max(Math.Abs));
        Assert.AreEqual(others.Length, others.Distinct().Count());
    }

    [TestMethod]
    public void Fit_UnknownAndMissingValues_BeginWithTheMean()
    {
        var view = WordRow.Keys(WordRow.Random(600, seed: 1));
        var (words, wordTable, column) = Form("bag", _vectors.Of(Words) with { Trainable = false });
        var (cities, cityTable, _) = Form("category", _vectors.Of(Words) with { Trainable = false });

        float[] bag = Table(Trainers.Of(words).Fit(view), wordTable), category = Table(Trainers.Of(cities).Fit(view), cityTable);

        float[] mean = [.. Enumerable.Range(0, Dimensions).Select(i => Words.Average(word => VectorOf(word)[i]))];
        Assert.HasCount(Words.Length + 1, Keys(view, column));
        foreach (var (expected, actual) in new float[Dimensions].Zip(Row(bag, 0))) Assert.AreEqual(expected, actual);
        foreach (float[] row in new[] { Row(bag, 1), Row(category, 0), Row(category, 1) })
        {
            foreach (var (expected, actual) in mean.Zip(row)) Assert.AreEqual(expected, actual, 1e-6f);
        }
    }

    [TestMethod]
    public void Fit_FileOfAnUnknownTerm_GivesItsVectorToUnknownValues()
    {
        var view = WordRow.Keys(WordRow.Random(600, seed: 1));
        var (options, table, _) = Form("bag", _vectors.Of([.. Words, "<unk>"]) with { Trainable = false });

        var model = Trainers.Of(options).Fit(view);

        CollectionAssert.AreEqual(VectorOf("<unk>"), Row(Table(model, table), 1));
        Assert.AreEqual(Words.Length, model.History.VectorCoverage.Single().FoundTerms);
    }

    [TestMethod]
    public void Fit_TermTwiceInTheFile_TakesTheFirst()
    {
        var view = WordRow.Keys(WordRow.Random(60, seed: 1));
        var vectors = _vectors.Write("twice.txt", $"good1 1 2\n{string.Join('\n', Words.Select(word => $"{word} 7 8"))}\n");
        var (options, table, column) = Form("bag", vectors with { Trainable = false });

        float[] values = Table(Trainers.Of(options).Fit(view), table);

        CollectionAssert.AreEqual(new float[] { 1, 2 }, Row(values, Keys(view, column)["good1"], 2));
        CollectionAssert.AreEqual(new float[] { 7, 8 }, Row(values, Keys(view, column)["bad1"], 2));
    }

    [TestMethod]
    [DataRow("good1 1 1\ngOOD1 3 3\nGood2 2 2\nbad 9 9\n")]
    [DataRow("bad 9 9\nGood2 2 2\ngOOD1 3 3\ngood1 1 1\n")]
    public void Fit_LowerCaseFallback_PrefersTheTermItself(string content)
    {
        WordRow[] rows = [.. Enumerable.Range(0, 20)
            .Select(i => new WordRow { Label = i % 2 == 0, Text = i % 2 == 0 ? "Good1 gOOD1 GOOD1" : "Good2 GOOD2 good2" })];
        var view = WordRow.Indexed(rows, rows, standardize: false);
        var vectors = _vectors.Write("vectors.txt", content) with { Trainable = false };
        var (with, table, column) = Form("bag", vectors with { LowerCaseFallback = true });
        var (without, _, _) = Form("bag", vectors);

        var model = Trainers.Of(with).Fit(view);

        var keys = Keys(view, column);
        foreach (var (word, value) in new[] { ("Good1", 1f), ("gOOD1", 3f), ("GOOD1", 1f), ("Good2", 2f) })
            CollectionAssert.AreEqual(new[] { value, value }, Row(Table(model, table), keys[word], 2), word);
        Assert.AreEqual(4, model.History.VectorCoverage.Single().FoundTerms);
        Assert.AreEqual(2, Trainers.Of(without).Fit(view).History.VectorCoverage.Single().FoundTerms);
    }

    [TestMethod]
    public void Fit_KeysOfNumbers_FindsTheirInvariantTexts()
    {
        var view = WordRow.Keys(WordRow.Random(60, seed: 1));
        var vectors = _vectors.Write("sizes.txt", "0.5 1 10\n1.5 2 20\n2.5 3 30\n3.5 4 40\n");
        var options = Trainers.Options with { Columns = [InputColumn.Category("SizeKey") with { Vectors = vectors with { Trainable = false } }] };
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };

        try
        {
            var coverage = Trainers.Of(options).Fit(view).History.VectorCoverage.Single();

            Assert.AreEqual((4, 5), (coverage.FoundTerms, coverage.Terms));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [TestMethod]
    public void Fit_SharedTable_TakesTheVectorsOfTheColumnThatNamesThem()
    {
        var view = WordRow.Keys(WordRow.Random(80, seed: 1));
        var copied = new MLContext(1).Transforms.CopyColumns("Again", "Words").Fit(view).Transform(view);
        var options = Trainers.Options with
        {
            ValidationFraction = 0,
            Columns = [InputColumn.Sequence("Again", encoder: SequenceEncoder.Mean()) with { Table = "words" },
                InputColumn.Bag("Words") with { Table = "words", Vectors = _vectors.Of(Words) with { Trainable = false } }],
        };

        var model = Trainers.Of(options).Fit(copied);

        AssertHasVectors(Trainers.Weights(model)["tables.words"].Values, view, "Words", Words, tolerance: 0);
        var coverage = model.History.VectorCoverage.Single();
        Assert.AreEqual(("words", 2 * 80 * 3L), (coverage.Table, coverage.Occurrences));
    }

    [TestMethod]
    public void Fit_TwoColumnsOfOneFile_FindsTheVectorsOfBoth()
    {
        var view = WordRow.Keys(WordRow.Random(120, seed: 1));
        var vectors = _vectors.Of(Words) with { Trainable = false };
        var options = Trainers.Options with
        {
            Columns = [InputColumn.Bag("Words") with { Vectors = vectors },
            InputColumn.Category("CityKey") with { Vectors = vectors with { Trainable = true } }, InputColumn.Category("SizeKey")]
        };

        var model = Trainers.Of(options).Fit(view);

        AssertHasVectors(Table(model, "columns.Words.table"), view, "Words", Words, tolerance: 0);
        CollectionAssert.AreEqual(new[] { "Words", "CityKey" }, model.History.VectorCoverage.Select(coverage => coverage.Table).ToArray());
    }

    private static double Variance(float[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
