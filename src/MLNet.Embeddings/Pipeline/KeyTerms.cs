using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The values that a column's keys stand for: what tells vocabularies apart that have the same number of keys.</summary>
/// <param name="column">A column of keys.</param>
internal sealed class KeyTerms(DataViewSchema.Column column)
{
    /// <summary>Name of the annotation that holds the values.</summary>
    internal const string KeyValues = "KeyValues";

    private Tuple<int, string?>? _last;

    /// <summary>A checksum of the values of the first keys; null where the keys stand for no values.</summary>
    /// <param name="count">Number of keys.</param>
    internal string? Checksum(int count)
    {
        // Several networks of one fit ask for the same.
        var last = _last?.Item1 == count ? _last : _last = new(count, ChecksumOf(count));
        return last.Item2;
    }

    private string? ChecksumOf(int count)
    {
        if (Texts() is not { } texts) return null;
        var hash = new XxHash3();
        foreach (string text in texts.Take(count))
        {
            hash.Append(Encoding.UTF8.GetBytes(text));
            hash.Append([0]);
        }
        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>The first key that stands for another value there than here, in words; null where there is none, or keys stand for no values.</summary>
    internal string? FirstDifference(KeyTerms? there)
    {
        if (Texts() is not { } ours || there?.Texts() is not { } theirs) return null;
        int same = ours.AsSpan().CommonPrefixLength(theirs);
        return same == Math.Min(ours.Length, theirs.Length) ? null : $"key {same + 1} is '{ours[same]}' here and '{theirs[same]}' there";
    }

    /// <summary>The values of all keys as texts; null where the keys stand for no values.</summary>
    internal string[]? Texts() =>
        column.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is { } type && ClassCodec.KindOf(type.ItemType()) is { } kind
            ? ClassCodec.Of(kind).Read(column.Annotations, KeyValues)
            : null;
}
