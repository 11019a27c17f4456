using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Two sentences as text and as keys: 2 is the key of the first word.</summary>
internal sealed class SentencePair
{
    private const int FirstKey = 2;

    public string Source { get; set; } = "";

    public string Target { get; set; } = "";

    [NoColumn]
    public int[] SourceKeys { get; init; } = [];

    [NoColumn]
    public int[] TargetKeys { get; init; } = [];

    /// <summary>The words of a vocabulary.</summary>
    internal static string[] Words(int count) => [.. Enumerable.Range(0, count).Select(word => $"w{word}")];

    /// <summary>Pairs whose words are the rarer, the later they stand in their vocabulary, of 20 words to a greatest length.</summary>
    internal static SentencePair[] Generate(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => Of(
            Draw(NetworkC.SourceWords, NetworkC.SourceLength), Draw(NetworkC.TargetWords, NetworkC.TargetLength)))];

        int[] Draw(int words, int longest) =>
            [.. Enumerable.Range(0, random.Next(20, longest + 1)).Select(_ => (int)(words * Math.Pow(random.NextDouble(), 3)))];
    }

    private static SentencePair Of(int[] source, int[] target) => new()
    {
        Source = string.Join(' ', source.Select(word => $"w{word}")),
        Target = string.Join(' ', target.Select(word => $"w{word}")),
        SourceKeys = Array.ConvertAll(source, word => word + FirstKey),
        TargetKeys = Array.ConvertAll(target, word => word + FirstKey),
    };
}
