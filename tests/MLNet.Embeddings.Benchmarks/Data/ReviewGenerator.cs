namespace MLNet.Embeddings.Benchmarks;

/// <summary>Makes up reviews whose terms are as unevenly frequent as words are: the logarithm of a term's rank is uniform.</summary>
/// <param name="seed">Equal seeds give equal reviews.</param>
/// <param name="bodyKeys">Keys of bodies.</param>
internal sealed class ReviewGenerator(int seed, int bodyKeys = NetworkA.BodyKeys)
{
    // Least, deciles and most of the number of words in 18,789 real clothing reviews.
    private static readonly int[] TitleLengths = [0, 0, 1, 2, 2, 3, 3, 4, 4, 6, 12];
    private static readonly int[] BodyLengths = [0, 18, 29, 38, 47, 57, 67, 80, 92, 98, 115];

    private readonly Random _random = new(seed);

    /// <summary>Reviews as long as real ones.</summary>
    internal ReviewKeys[] OfRealLengths(int count) => [.. Enumerable.Range(0, count).Select(_ => Next(Length(TitleLengths), Length(BodyLengths)))];

    /// <summary>Reviews as long as can be.</summary>
    internal ReviewKeys[] OfFullLength(int count) => OfLength(count, NetworkA.TitleLength, NetworkA.BodyLength);

    /// <summary>Reviews of equal length.</summary>
    internal ReviewKeys[] OfLength(int count, int title, int body) => [.. Enumerable.Range(0, count).Select(_ => Next(title, body))];

    /// <summary>A review of usual length over and over, half of the times with either label.</summary>
    internal ReviewKeys[] OneOverAndOver(int count)
    {
        var review = Next(title: 4, body: 60);
        return [.. Enumerable.Range(0, count).Select(i => new ReviewKeys { Title = review.Title, Body = review.Body, Label = i % 2 == 0 })];
    }

    private ReviewKeys Next(int title, int body) => new()
    {
        Title = Keys(title, NetworkA.TitleKeys),
        Body = Keys(body, bodyKeys),
        Label = _random.Next(5) > 0,
    };

    private int Length(int[] deciles)
    {
        int decile = _random.Next(deciles.Length - 1);
        return _random.Next(deciles[decile], deciles[decile + 1] + 1);
    }

    // Keys 0 and 1 stand for padding and unknown terms; key 2 is the most frequent term.
    private uint[] Keys(int length, int keyCount) =>
        [.. Enumerable.Range(0, length).Select(_ => 1 + (uint)Math.Exp(_random.NextDouble() * Math.Log(keyCount)))];
}
