using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>The cures that errors about raw columns name, carried out.</summary>
[TestClass]
public sealed class RawColumnCureTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void Fit_CuresThatErrorsName_Work()
    {
        var rows = RawRow.View(RawRow.Random(60, seed: 8));
        var convert = _mlContext.Transforms.Conversion;

        Works(rows, InputColumn.Date("Listed"));
        Works(convert.ConvertType("Listed", outputKind: Microsoft.ML.Data.DataKind.String), InputColumn.Category("Listed"));
        Works(_mlContext.Transforms.CopyColumns("Title2", "Title"), InputColumn.Text("Title"), InputColumn.Text("Title2", SequenceEncoder.Max()));
        Works(_mlContext.Transforms.Text.IndexTokens("Words", "Title").Append(_mlContext.Transforms.CopyColumns("Words2", "Words")),
            InputColumn.Sequence("Words", encoder: SequenceEncoder.Mean()), InputColumn.Sequence("Words2", encoder: SequenceEncoder.Max()));
        Works(convert.ConvertType("Sold", outputKind: Microsoft.ML.Data.DataKind.DateTime), InputColumn.Date("Sold"));
        Works(_mlContext.Transforms.Categorical.IndexCategories("Tags"), InputColumn.Sequence("Tags", encoder: SequenceEncoder.Mean()));
        Works(convert.ConvertType("Floor", outputKind: Microsoft.ML.Data.DataKind.String)
            .Append(convert.ConvertType("Floor", outputKind: Microsoft.ML.Data.DataKind.Single)), InputColumn.Number("Floor"));

        void Works(object before, params InputColumn[] columns)
        {
            var data = before as IDataView ?? ((dynamic)before).Fit(rows).Transform(rows);
            Assert.IsNotNull(RawRow.Trainer(new() { Columns = columns, HiddenUnits = [2], MaxEpochs = 1, Seed = 1 }).Fit((IDataView)data));
        }
    }

    [TestMethod]
    public void Fit_DateUnderAnotherKindOfColumn_IsSentToDate()
    {
        var rows = RawRow.View(RawRow.Random(20, seed: 8));

        foreach (InputColumn column in new InputColumn[] { InputColumn.Text("Listed"), InputColumn.Number("Listed"), InputColumn.Sequence("Took") })
        {
            var trainer = RawRow.Trainer(RawRow.Options with { Columns = [column] });
            string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(rows)).Message;
            StringAssert.Contains(message, $"Read it with InputColumn.Date(\"{column.Name}\")");
        }
    }

    [TestMethod]
    public void Fit_SeveralDatesARow_AreSentToACureThatWorks()
    {
        var context = new MLContext(1);
        var rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new DatesRow { Dates = [new(2024, 1, 1 + i % 2)], Label = i % 2 == 0 }));
        MultiEmbeddingTrainer Trainer(InputColumn column) => context.BinaryClassification.Trainers.MultiEmbedding(
            new MultiEmbeddingOptions { Columns = [column], HiddenUnits = [2], MaxEpochs = 1 });

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer(InputColumn.Date("Dates")).Fit(rows)).Message;

        StringAssert.Contains(message, "got Vector<DateTime>. Make text of it with mlContext.Transforms.Conversion.ConvertType(\"Dates\", outputKind: " +
            "DataKind.String) before the trainer, and read it with InputColumn.Bag(\"Dates\").");
        var converted = context.Transforms.Conversion.ConvertType("Dates", outputKind: Microsoft.ML.Data.DataKind.String).Fit(rows).Transform(rows);
        Assert.AreEqual(0, Trainer(InputColumn.Bag("Dates")).Fit(converted).History.SkippedRows);
    }

    private sealed class DatesRow
    {
        public DateTime[] Dates { get; set; } = [];

        public bool Label { get; set; }
    }
}
