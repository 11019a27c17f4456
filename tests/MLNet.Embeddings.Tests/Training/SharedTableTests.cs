using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Columns that look their keys up in one table.</summary>
[TestClass]
public sealed class SharedTableTests
{
    private const int CityCount = 12;

    private static readonly MultiEmbeddingOptions Options = Trainers.Options with
    {
        Columns = [InputColumn.Category("From", 4) with { Table = "cities" }, InputColumn.Category("To") with { Table = "cities" },
            InputColumn.Bag("Over") with { Table = "cities" }],
    };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Fit_OneTable_LearnsAndScoresAfterLoading(MultiEmbeddingOptions options)
    {
        var context = new MLContext(1);
        var model = context.BinaryClassification.Trainers.MultiEmbedding(options).Fit(View(Route.Random(800, seed: 1)));

        CollectionAssert.AreEqual(new[] { CityCount + 1, 4 }, Trainers.Weights(model)["tables.cities"].Extents.ToArray());
        Assert.IsFalse(Trainers.Weights(model).Keys.Any(name => name.EndsWith(".table", StringComparison.Ordinal)));

        var tests = View(Route.Random(200, seed: 2));
        using var file = new MemoryStream();
        context.Model.Save(model, tests.Schema, file);
        file.Position = 0;
        var loaded = context.Model.Load(file, out _);
        Assert.IsGreaterThan(0.94, context.BinaryClassification.Evaluate(model.Transform(tests)).AreaUnderRocCurve);
        CollectionAssert.AreEqual(Networks.Scores(model.Transform(tests)), Networks.Scores(loaded.Transform(tests)));
    }

    [TestMethod]
    public void Fit_Streamed_GivesTheTablesModelToo()
    {
        var rows = View(Route.Random(800, seed: 1));

        var model = Trainers.Of(Options with { ShuffleBufferRows = 300, MaxEpochs = 15 }).Fit(rows);

        Assert.IsGreaterThan(0.95, new MLContext(1).BinaryClassification.Evaluate(model.Transform(rows)).AreaUnderRocCurve);
    }

    [TestMethod]
    public void Fit_KeysOfTwoVocabularies_SaysWhatToDo()
    {
        var trainer = Trainers.Of(
            Options with { Columns = [InputColumn.Category("From") with { Table = "cities" }, InputColumn.Category("Other") with { Table = "cities" }] });

        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(View(Route.Random(10, seed: 1))));

        StringAssert.Contains(error.Message, "the 12 keys of 'From', with which it shares the table 'cities'");
        StringAssert.Contains(error.Message, "Index these columns in one step");
    }

    [TestMethod]
    public void Of_TwoLengthsOfOneTable_SaysWhich()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Trainers.Of(Options with
        {
            Columns = [InputColumn.Category("From", 4) with { Table = "cities" }, InputColumn.Category("To", 5) with { Table = "cities" },
                InputColumn.Bag("Over") with { Table = "" }],
        }));

        StringAssert.Contains(error.Message, "The columns 'From' and 'To' share the table 'cities', so their dimensions must be the same; they were 4 and 5.");
        StringAssert.Contains(error.Message, "The table of column 'Over' must have a name; leave it out for a table of its own.");
    }

    /// <summary>Without torch and with it.</summary>
    private static IEnumerable<MultiEmbeddingOptions[]> Forms =>
    [
        [Options with { MaxEpochs = 15 }],
        [Options with { MaxEpochs = 15, DenseTableUpdates = true }],
        [Options with { MaxEpochs = 20, Combination = ColumnCombination.Add, HiddenUnits = [16] }],
        [Options with { MaxEpochs = 15,
            Columns = [.. Options.Columns.Take(2), InputColumn.Sequence("Over", encoder: SequenceEncoder.Gru(3)) with { Table = "cities" }] }],
    ];

    private static IDataView View(Route[] routes) => new MLContext(1).Data.LoadFromEnumerable(routes);

    /// <summary>From one city to another; the label tells whether both are of one half of the cities.</summary>
    private sealed class Route
    {
        public bool Label { get; set; }
        [KeyType(CityCount)] public uint From { get; set; }
        [KeyType(CityCount)] public uint To { get; set; }
        [KeyType(CityCount)] public uint[] Over { get; set; } = [];
        [KeyType(CityCount - 1)] public uint Other { get; set; }

        internal static Route[] Random(int count, int seed)
        {
            var random = new Random(seed);
            uint City() => (uint)random.Next(CityCount);
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                var route = new Route { From = City(), To = City(), Over = [.. Enumerable.Range(0, random.Next(3)).Select(_ => City() + 1)] };
                route.Label = route.From % 2 == route.To % 2;
                return route;
            })];
        }
    }
}
