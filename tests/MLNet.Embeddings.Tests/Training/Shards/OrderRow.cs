using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>An order of a shop: raw columns of every kind, and labels that they decide.</summary>
internal sealed class OrderRow
{
    public string Note { get; set; } = "";

    public string Product { get; set; } = "";

    public float Amount { get; set; }

    public DateTime Day { get; set; }

    public float Weight { get; set; } = 1;

    public bool IsKept { get; set; }

    public string Reason { get; set; } = "";

    public float Price { get; set; }

    private static readonly string[] Good = ["lovely", "great", "perfect", "soft"], Bad = ["broken", "late", "ugly", "rough"];

    private static readonly string[] Plain = ["the", "box", "was", "and"];

    /// <summary>Reproducible rows.</summary>
    internal static OrderRow[] Make(int count, int seed)
    {
        var random = new Random(seed);
        string Pick(string[] words) => words[random.Next(words.Length)];
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
            {
                int product = random.Next(12);
                bool isGood = random.NextDouble() < 0.5;
                float amount = random.Next(1, 50);
                bool isKept = isGood ? product != 3 || amount < 10 : product == 5 && amount > 25;
                string[] words = [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => Pick(Plain)), Pick(isGood ? Good : Bad)];
                random.Shuffle(words);
                return new OrderRow
                {
                    Note = string.Join(' ', words),
                    Product = $"product {product}",
                    Amount = random.Next(30) == 0 ? float.NaN : amount,
                    Day = new DateTime(2025, 1, 1).AddDays(random.Next(700)),
                    Weight = random.Next(1, 4),
                    IsKept = isKept,
                    Reason = isKept ? "kept" : product == 3 ? "size" : "quality",
                    Price = 3 * amount + product + (isGood ? 10 : 0) + (float)random.NextDouble(),
                };
            }),
        ];
    }

    /// <summary>The rows in parts, in turn.</summary>
    internal static IDataView[] Parts(MLContext context, OrderRow[] rows, int parts) =>
        [.. Enumerable.Range(0, parts).Select(part => context.Data.LoadFromEnumerable(rows.Where((_, i) => i % parts == part).ToArray()))];
}
