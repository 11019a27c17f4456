using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Keys of raw values of each type in ONNX files.</summary>
[TestClass]
public sealed class OnnxCategoryTests
{
    private sealed class Row
    {
        public string Text { get; set; } = "";
        public bool Truth { get; set; }
        public sbyte Tiny { get; set; }
        public byte Byte { get; set; }
        public short Short { get; set; }
        public ushort Code { get; set; }
        public int Count { get; set; }
        public uint Positive { get; set; }
        public long Long { get; set; }
        public ulong Large { get; set; }
        public float Single { get; set; }
        public double Double { get; set; }
        public string[] Tags { get; set; } = [];
        public float Label { get; set; }
    }

    private static readonly string[] Names =
        ["Text", "Truth", "Tiny", "Byte", "Short", "Code", "Count", "Positive", "Long", "Large", "Single", "Double", "Tags"];

    /// <summary>Of one text, and at last of another.</summary>
    private static readonly string[] Spellings =
    [
        "Vie\u0323\u0302t e\u0302\u0301", "Vie\u0302\u0323t e\u0302\u0301", "Vi\u00EA\u0323t \u00EA\u0301", "Vi\u1EB9\u0302t \u00EA\u0301",
        "Vi\u1EC7t \u00E9\u0302",
    ];

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void SaveOnnx_RawCategoriesOfEachType_ScoresAsTheModel()
    {
        Row[] rows = [.. Enumerable.Range(0, 60).Select(i => Of(i % 5, i))];
        var training = _context.Data.LoadFromEnumerable(rows);
        var model = _context.Regression.Trainers.MultiEmbedding(new()
        {
            Columns = [.. Names.Select(name => name == "Tags" ? (InputColumn)InputColumn.Bag(name, 2) : InputColumn.Category(name, 2))],
            HiddenUnits = [4],
            MaxEpochs = 2,
        }).Fit(training);
        Row[] tried = [.. rows[..7], .. Enumerable.Range(0, 8).Select(i => Of(i, i)), new() { Single = float.NaN, Double = double.NaN }, Of(9, 3),
            .. Spellings.Select(text => new Row { Text = text })];

        string? problem = OnnxModels.Problem(model, _context.Data.LoadFromEnumerable(tried));

        Assert.IsNull(problem, problem);
    }

    [TestMethod]
    public void SaveOnnx_KeysThatStandForValues_AreReadByTheirValues()
    {
        var rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => Of(i % 5, i)));
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Text").Append(_context.Transforms.Conversion.MapValueToKey("Count"))
            .Append(_context.Transforms.Categorical.IndexCategories("TextKey", "Text"))
            .Append(_context.Transforms.Categorical.IndexCategories("CountKey", "Count"))
            .Append(_context.Regression.Trainers.MultiEmbedding(new()
            {
                Columns = [InputColumn.Category("TextKey", 2), InputColumn.Category("CountKey", 2), InputColumn.Category("Count", 2)],
                MaxEpochs = 2,
            }));

        string? problem = OnnxModels.Problem(pipeline.Fit(rows), _context.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => Of(i, i))));

        Assert.IsNull(problem, problem);
    }

    [TestMethod]
    public void SaveOnnx_ColumnsThatOneStepSwaps_AreReadBeforeItWrites()
    {
        var rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => Of(i % 5, i)));
        var pipeline = _context.Transforms.Categorical.IndexCategories([new("Text", "Count"), new("Count", "Text")])
            .Append(_context.Transforms.CopyColumns("/Cast", "Single"))
            .Append(_context.Regression.Trainers.MultiEmbedding(new()
            {
                Columns = [InputColumn.Category("Text", 2), InputColumn.Category("Count", 2), InputColumn.Number("/Cast")],
                MaxEpochs = 2,
            }));

        string? problem = OnnxModels.Problem(pipeline.Fit(rows), _context.Data.LoadFromEnumerable(Enumerable.Range(0, 9).Select(i => Of(i, i))));

        Assert.IsNull(problem, problem);
    }

    /// <summary>Some values are letters with marks of their own, halves, and numbers that are the same in single precision.</summary>
    private static Row Of(int value, int label) => new()
    {
        Text = value switch { 0 => "", 1 => "Zürich", 2 => "Zu\u0308rich", 3 => "Việt ế", _ => $"Ort {value}" },
        Truth = value % 2 == 0,
        Tiny = (sbyte)-value,
        Byte = (byte)value,
        Short = (short)(-100 * value),
        Code = (ushort)(60_000 + value),
        Count = value - 2,
        Positive = 4_000_000_000 + (uint)value,
        Long = long.MinValue + value,
        Large = ulong.MaxValue - (ulong)value,
        Single = value == 4 ? float.NaN : value / 2f,
        Double = value == 4 ? double.NaN : 1 + value * 1e-9,
        Tags = [.. Enumerable.Range(0, value % 4).Select(tag => tag == 1 ? "" : $"t{tag}")],
        Label = label,
    };
}
