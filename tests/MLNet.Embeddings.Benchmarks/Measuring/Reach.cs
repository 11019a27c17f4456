using System.Globalization;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>What a comparison is to come to.</summary>
/// <param name="Text">The same in words.</param>
/// <param name="IsMet">Whether a comparison comes to it.</param>
internal sealed record Reach(string Text, Func<Comparison, bool> IsMet)
{
    /// <summary>Ours is to be so many times better.</summary>
    internal static Reach TimesBetter(double least) => new(least == 1 ? "no worse" : $"{Number(least)} times better", row => row.Ratio >= least);

    /// <summary>Ours is to be so many times the peer's, or less.</summary>
    internal static Reach AtMostTimes(double most) => new($"at most {Number(most)} times the peer's", row => row.Ours <= most * row.Theirs);

    /// <summary>Ours is to be so much more than the peer's, or less.</summary>
    internal static Reach AtMostMore(double most, Unit unit) => new($"at most {Number(most)} {unit.Name} more", row => row.Ours - row.Theirs <= most);

    /// <summary>Ours is to be so much or less, whatever the peer's is.</summary>
    internal static Reach AtMost(double most, Unit unit) => new($"at most {Number(most)} {unit.Name}", row => row.Ours <= most);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
