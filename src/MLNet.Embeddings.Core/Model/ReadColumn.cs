using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>A column of keys or numbers that a fitted model reads.</summary>
/// <param name="Name">Its name.</param>
internal abstract record ReadColumn(string Name)
{
    /// <summary>The columns that the networks of a model read, in their order.</summary>
    internal static ReadColumn[] OfNetworks(TrainedModel model) => [.. model.Shape.Columns.Select(column => Of(column, model.Networks[0]))];

    /// <summary>The columns that the wide part of a model reads, in its order; none without one.</summary>
    internal static ReadColumn[] OfWide(TrainedModel model) => model.Wide is { } wide ? [.. wide.Shape.Inputs.Select(column => Of(column, wide))] : [];

    private static ReadColumn Of(ColumnShape column, TrainedNetwork network) => column switch
    {
        CategoryShape category => new ReadCategory(category.Name, category.KeyCount),
        EmbeddingShape keys => new ReadKeys(keys.Name, keys.KeyCount, keys is BagShape),
        NumberShape number => new ReadNumbers(number.Name, number.Size, number.Scale(network)),
        _ => throw new UnreachableException($"{column}"),
    };

    private static ReadColumn Of(WideColumn column, TrainedWide wide) => column switch
    {
        WideCategory category => new ReadCategory(category.Name, category.KeyCount),
        WideTerms terms => new ReadKeys(terms.Name, terms.KeyCount, IsBag: true),
        WideNumbers numbers => new ReadNumbers(numbers.Name, numbers.KnotCounts.Count, numbers.Scale(wide)),
        _ => throw new UnreachableException($"{column}"),
    };
}

/// <summary>A category: its key, 0 if it is missing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeyCount">Number of keys.</param>
internal sealed record ReadCategory(string Name, int KeyCount) : ReadColumn(Name);

/// <summary>A sequence or a bag of keys.</summary>
/// <param name="Name">Its name.</param>
/// <param name="KeyCount">Number of keys.</param>
/// <param name="IsBag">Whether the order of the keys is of no matter.</param>
internal sealed record ReadKeys(string Name, int KeyCount, bool IsBag) : ReadColumn(Name);

/// <summary>Numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">Numbers of a row.</param>
/// <param name="Scale">The scale on which they are read.</param>
internal sealed record ReadNumbers(string Name, int Count, NumberScale Scale) : ReadColumn(Name);
