using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>What a fitted indexing step holds beside its vocabulary.</summary>
internal abstract record IndexingShape(IReadOnlyList<IndexedColumn> Columns, int TermCount)
{
    /// <summary>The <see cref="TextRules"/> by which texts are read.</summary>
    public abstract int Rules { get; init; }

    /// <summary>Why no step can have this shape, a sentence each; empty for those that were fitted.</summary>
    internal virtual IEnumerable<string> Faults() => IndexedColumn.Faults(Columns);

    /// <summary>The settings on which it hangs that a term keeps its key.</summary>
    private protected abstract (string Name, object? Value)[] KeySettings { get; }

    /// <summary>Why the keys of a step of this shape cannot go on from those of an earlier one, a sentence each; empty when they can.</summary>
    internal IEnumerable<string> Breaks(IndexingShape previous) =>
        from setting in KeySettings.Zip(previous.KeySettings, (here, there) => (here.Name, Here: here.Value, There: there.Value))
        where !Equals(setting.Here, setting.There)
        select Break(setting.Name, setting.There, setting.Here);

    internal static string Break(string name, object? there, object? here) =>
        $"Its {name} is {there ?? "null"}, that of this estimator {here ?? "null"}; they must be the same.";

    /// <exception cref="FormatException">No step can have this shape, or one of a newer version of the library only.</exception>
    internal void RequireSound()
    {
        EntryReader.RefuseNewer("text rules", Rules, TextRules.Current);
        if (Faults().FirstOrDefault() is { } fault) throw EntryReader.Damaged(ShapeDocument.EntryName, fault);
    }
}

/// <summary>What a fitted category indexing step holds beside its vocabulary.</summary>
internal sealed record CategoryIndexingShape(
    IReadOnlyList<IndexedColumn> Columns, int TermCount, int? HashBuckets, int HashFunctions, int Rules = TextRules.First)
    : IndexingShape(Columns, TermCount)
{
    private protected override (string, object?)[] KeySettings => [(nameof(HashBuckets), HashBuckets), (nameof(HashFunctions), HashFunctions)];

    internal override IEnumerable<string> Faults() =>
        [.. base.Faults(), .. TextRules.Faults(Rules), .. HashedKeys.Faults(HashBuckets, HashFunctions)];
}

/// <summary>What a fitted token indexing step holds beside its vocabulary.</summary>
internal sealed record TokenIndexingShape(
    IReadOnlyList<IndexedColumn> Columns, int TermCount, bool Standardize, TokenSplit Split, int NgramLength, int MaxLength, bool FixedLength,
    int? HashBuckets, int? NgramHashBuckets, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool KeepsSpacing = false,
    int Rules = TextRules.First)
    : IndexingShape(Columns, TermCount)
{
    /// <summary>The most keys of a row.</summary>
    internal int MaxKeys => TokenIndexingRules.KeysPerToken(Split, NgramLength) * MaxLength;

    /// <summary>How text is cut.</summary>
    internal TextCutting Cutting => new(Split, Standardize, KeepsSpacing, Rules);

    /// <summary>The number of keys of every row, padding counted; null when each has its own.</summary>
    internal int? Length => FixedLength ? MaxKeys : null;

    private protected override (string, object?)[] KeySettings =>
    [
        (nameof(Standardize), Standardize), (nameof(Split), Split), (nameof(HashBuckets), HashBuckets), (nameof(NgramHashBuckets), NgramHashBuckets),
    ];

    internal override IEnumerable<string> Faults() => base.Faults().Concat(TextRules.Faults(Rules)).Concat(new TokenIndexingOptions
    {
        Split = Split,
        NgramLength = NgramLength,
        MaxLength = MaxLength,
        FixedLength = FixedLength,
        HashBuckets = HashBuckets,
        NgramHashBuckets = NgramHashBuckets,
    }.Faults());
}

/// <summary>A column of keys, and the column that it is made of.</summary>
internal sealed record IndexedColumn(string OutputColumnName, string InputColumnName)
{
    /// <summary>Why no step can make these columns, a sentence each; empty when one can.</summary>
    internal static IEnumerable<string> Faults(IReadOnlyList<IndexedColumn> columns)
    {
        if (columns.Count == 0) yield return "There is no column; give at least one.";
        if (columns.Any(column => column is null or { OutputColumnName: "" } or { InputColumnName: "" }))
        {
            yield return "A column has no name.";
            yield break;
        }
        foreach (var (name, count) in columns.CountBy(column => column.OutputColumnName))
        {
            if (count > 1) yield return $"Column '{name}' would be made {count} times; give each column of keys a name of its own.";
        }
    }

    /// <summary>Columns in words, as messages name them.</summary>
    internal static string Describe(IReadOnlyCollection<string> names) =>
        $"{(names.Count == 1 ? "column" : "columns")} {string.Join(", ", names.Select(name => $"'{name}'"))}";
}

/// <summary>Serializer of the shapes of indexing steps, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TokenIndexingShape))]
[JsonSerializable(typeof(CategoryIndexingShape))]
internal sealed partial class IndexingJson : JsonSerializerContext;
