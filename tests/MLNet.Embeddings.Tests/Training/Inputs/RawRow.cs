using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A row as an application has it: nothing of it is a key.</summary>
internal sealed class RawRow
{
    private static readonly string[] Things = ["coat", "shirt", "shoe", "hat", "sock", "scarf"], Cities = ["Oslo", "Lima", "Cairo"],
        AllTags = ["new", "sale", "rare", "old"];

    public bool Label { get; set; }
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public string City { get; set; } = "";
    public bool IsOpen { get; set; }
    public int Floor { get; set; }
    public float Size { get; set; }
    public float Area { get; set; }
    public DateTime Listed { get; set; }
    public DateTimeOffset Seen { get; set; }
    public TimeSpan Took { get; set; }
    public string Sold { get; set; } = "";
    public string[] Tags { get; set; } = [];

    /// <summary>A column of each raw kind and type.</summary>
    internal static IReadOnlyList<InputColumn> Columns { get; } =
    [
        InputColumn.Text("Title"), InputColumn.Category("City"), InputColumn.Category("IsOpen"), InputColumn.Category("Floor"), InputColumn.Category("Size"),
        InputColumn.Number("Area"), InputColumn.Date("Listed"), InputColumn.Date("Seen"), InputColumn.Date("Took"), InputColumn.Date("Sold"),
        InputColumn.Bag("Tags"),
    ];

    /// <summary>Two networks and a wide part over these columns, trained shortly.</summary>
    internal static MultiEmbeddingOptions Options { get; } = new() { Columns = Columns, Members = 2, MaxEpochs = 2, NumberOfThreads = 2, Seed = 1 };

    /// <summary>Rows whose title says the label.</summary>
    internal static RawRow[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            bool label = random.Next(2) == 1;
            var date = new DateTime(2024, 1, 1).AddHours(random.Next(20_000));
            return new RawRow
            {
                Label = label,
                Title = $"{(label ? "Fine" : "Torn")} {Things[random.Next(Things.Length)]}",
                Body = $"A {Things[random.Next(Things.Length)]} and a {Things[random.Next(Things.Length)]}",
                City = random.Next(9) == 0 ? "" : Cities[random.Next(Cities.Length)],
                IsOpen = random.Next(2) == 0,
                Floor = random.Next(4),
                Size = random.Next(3) / 2f,
                Area = random.Next(9) == 0 ? float.NaN : random.NextSingle(),
                Listed = date,
                Seen = new DateTimeOffset(date, TimeSpan.FromHours(random.Next(-3, 4))),
                Took = TimeSpan.FromMinutes(random.Next(3_000)),
                Sold = date.ToString("d.M.yyyy", System.Globalization.CultureInfo.InvariantCulture),
                Tags = [.. AllTags.Where(_ => random.Next(3) == 0)],
            };
        })];
    }

    internal static IDataView View(params RawRow[] rows) => new MLContext(1).Data.LoadFromEnumerable(rows);

    internal static MultiEmbeddingTrainer Trainer(MultiEmbeddingOptions options) => new MLContext(1).BinaryClassification.Trainers.MultiEmbedding(options);
}
