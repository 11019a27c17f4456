using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Takes the vectors of a column out of a pipeline's networks.</summary>
internal static class ModelVectors
{
    /// <param name="steps">The steps of the pipeline, none of which is a chain.</param>
    /// <param name="column">The column, by its name in the data or in front of the networks.</param>
    /// <exception cref="ArgumentException">The column has no vectors with terms, or there is no network.</exception>
    internal static EmbeddingVectors Of(IReadOnlyList<ITransformer> steps, string column)
    {
        var all = TracedNetworks.Of(steps);
        foreach (var networks in all)
        {
            if (networks.Find(column) is { Count: > 0 } found) return Read(networks, Choose(networks, column, found));
        }
        throw Error($"The model reads no column '{column}'.", all[0]);
    }

    /// <summary>The column of keys that is meant: of that name, else that of a text's words, else the only one.</summary>
    private static EmbeddingShape Choose(TracedNetworks networks, string column, IReadOnlyList<(string Name, ColumnShape Shape)> found)
    {
        if (networks.Model.Steps.OfType<DatePartsTransformer>().FirstOrDefault(step => step.Shape.InputColumnName == column) is { Shape: var date })
        {
            throw Error(
                $"Column '{column}' is a date, which the model reads as a number and in parts " +
                $"({string.Join(", ", date.Parts.Select(part => $"{part}".ToLowerInvariant()))}); there are no terms that have vectors.", networks);
        }
        var tables = found.Where(one => one.Shape is EmbeddingShape).ToArray();
        if (tables.Length == 0) throw Error($"Column '{column}' is read as a number; only terms have vectors.", networks);
        foreach (string name in new[] { column, RawNames.Words(column) })
        {
            if (Array.Find(tables, one => one.Name == name).Shape is EmbeddingShape named) return named;
        }
        return tables is [var only] ? (EmbeddingShape)only.Shape : throw Error(
            $"Column '{column}' is read in several ways ({string.Join(", ", tables.Select(one => $"'{one.Name}'"))}). Name one of these.", networks);
    }

    private static EmbeddingVectors Read(TracedNetworks networks, EmbeddingShape shape)
    {
        var (name, _) = networks.Model.Columns.First(one => one.Shape == shape);
        string[] texts = TermsOf(networks, name, shape);
        bool hasUnknown = networks.Behind(name)!.Value.HasUnknownKey();
        int[] keys = [.. Enumerable.Range(1, shape.KeyCount).Where(key => texts[key - 1].Length > 0 && !(key == 1 && hasUnknown))];
        float[][] tables = [.. networks.Model.Networks.Select(network => network.Weights[shape.Table].Values)];
        bool isPadded = networks.Model.Columns.All(one => (one.Shape as EmbeddingShape)?.Table != shape.Table || ((EmbeddingShape)one.Shape).IsPadded);
        return new EmbeddingVectors([.. keys.Select(key => texts[key - 1])], Rows(keys), tables.Length * shape.Dimensions)
        {
            Missing = isPadded ? default(ReadOnlyMemory<float>?) : Rows(0),
            Unknown = hasUnknown ? Rows(1) : default(ReadOnlyMemory<float>?),
            Forms = FormsOf(networks, name),
        };

        // The table itself where its rows lie as they are needed: there may be millions.
        ReadOnlyMemory<float> Rows(params int[] keys) => tables is [var table] && (keys.Length == 0 || keys[^1] - keys[0] == keys.Length - 1)
            ? table.AsMemory(keys.FirstOrDefault() * shape.Dimensions, keys.Length * shape.Dimensions)
            : keys.SelectMany(key => tables.SelectMany(table => table.AsSpan(key * shape.Dimensions, shape.Dimensions).ToArray())).ToArray();
    }

    private static string[] TermsOf(TracedNetworks networks, string name, EmbeddingShape shape) =>
        networks.Behind(name) is { } column && new KeyTerms(column).Texts() is { } texts && texts.Length == shape.KeyCount
            ? texts
            : throw Error(
                $"Column '{name}' has a vector for each of {shape.KeyCount} keys, but the model does not know which terms these stand for: they are hashed, " +
                "or come with the data. Make the keys with IndexTokens, IndexCategories or MapValueToKey in the same pipeline, without HashBuckets.", networks);

    private static TermForms FormsOf(TracedNetworks networks, string name)
    {
        var step = networks.Steps.OfType<TokenIndexingTransformer>().LastOrDefault(one => one.Shape.Columns.Any(made => made.OutputColumnName == name));
        return step is null ? TermForm.Value : TermForm.Tokens(step.Shape);
    }

    private static ArgumentException Error(string cause, TracedNetworks networks)
    {
        string[] names = [.. networks.Names.Where(name => networks.Find(name).Any(one => one.Shape is EmbeddingShape && HasTerms(networks, one.Name)))];
        string cure = names.Length == 0 ? "No column has vectors." : $"Columns with vectors: {string.Join(", ", names.Select(name => $"'{name}'"))}.";
        return new ArgumentException($"{cause} {cure}");
    }

    private static bool HasTerms(TracedNetworks networks, string name) =>
        networks.Behind(name) is { } column && new KeyTerms(column).Texts() is not null;
}
