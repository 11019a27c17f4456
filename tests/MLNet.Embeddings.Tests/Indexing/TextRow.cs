using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A row with one text.</summary>
internal sealed class TextRow
{
    public string? Text { get; set; }

    internal static IDataView View(params string?[] texts) =>
        new MLContext().Data.LoadFromEnumerable(Array.ConvertAll(texts, text => new TextRow { Text = text }));
}
