using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A row of words, whose label tells of which kind they are.</summary>
internal sealed class WordRow
{
    /// <summary>Words of two kinds.</summary>
    internal static readonly string[] Good = [.. Enumerable.Range(0, 40).Select(i => $"good{i}")], Bad = [.. Enumerable.Range(0, 40).Select(i => $"bad{i}")];

    public bool Label { get; set; }
    public string Text { get; set; } = "";
    public string City { get; set; } = "";
    public float Size { get; set; }

    /// <summary>Rows of a few words of one kind each, half of each.</summary>
    internal static WordRow[] Random(int count, int seed, int words = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            string[] kind = i % 2 == 0 ? Good : Bad;
            return new WordRow
            {
                Label = i % 2 == 0,
                Text = string.Join(' ', Enumerable.Range(0, words).Select(_ => kind[random.Next(kind.Length)])),
                City = random.Next(8) == 0 ? "" : kind[random.Next(kind.Length)],
                Size = random.Next(5) + 0.5f,
            };
        })];
    }

    /// <summary>The rows with keys of their words and of their city, of one vocabulary each.</summary>
    internal static IDataView Keys(params WordRow[] rows) => Indexed(rows, rows);

    /// <summary>Some rows with the keys that others give.</summary>
    internal static IDataView Indexed(WordRow[] rows, WordRow[] fitted, bool standardize = true)
    {
        var context = new MLContext(1);
        var all = context.Data.LoadFromEnumerable(fitted);
        return context.Transforms.Text.IndexTokens("Words", "Text", new TokenIndexingOptions { Standardize = standardize })
            .Append(context.Transforms.Categorical.IndexCategories("CityKey", "City"))
            .Append(context.Transforms.Conversion.MapValueToKey("SizeKey", "Size"))
            .Append(context.Transforms.Text.IndexTokens("Hashed", "Text", new TokenIndexingOptions { HashBuckets = 16 }))
            .Fit(all).Transform(context.Data.LoadFromEnumerable(rows));
    }
}
