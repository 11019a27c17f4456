using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A review as keys: what network A reads.</summary>
internal sealed class ReviewKeys : ILabelled
{
    [KeyType(NetworkA.TitleKeys)] public uint[] Title { get; set; } = [];

    [KeyType(NetworkA.BodyKeys)] public uint[] Body { get; set; } = [];

    public bool Label { get; set; }

    /// <summary>The review with a word made up for each key.</summary>
    internal Review AsText() => new() { Title = Text(Title), Body = Text(Body), Label = Label };

    private static string Text(uint[] keys) => string.Join(' ', keys.Select(key => $"w{key}"));
}
