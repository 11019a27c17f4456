using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The form of a fitted network: its columns in order, its head and its labels in order.</summary>
/// <param name="Columns">What it reads.</param>
/// <param name="Head">What stands between columns and outputs.</param>
/// <param name="Labels">What it predicts.</param>
/// <param name="NamesLabels">True if the names of the score columns begin with that of their label, as those of networks of several labels do.</param>
internal sealed record NetworkShape(IReadOnlyList<ColumnShape> Columns, HeadShape Head, IReadOnlyList<LabelShape> Labels, bool NamesLabels = false)
{
    /// <summary>Number of values that the network gives for a row: those of its labels, one after the other.</summary>
    [JsonIgnore]
    internal int Outputs => Labels.Sum(label => label.Outputs);

    /// <summary>Length of the columns' vectors put one after the other.</summary>
    [JsonIgnore]
    internal int EncodedSize => Columns.Sum(column => column.OutputSize);

    /// <summary>Length of the one vector that they become.</summary>
    [JsonIgnore]
    internal int CombinedSize => Head.Combination == ColumnCombination.Concatenate ? EncodedSize : Columns.Max(column => column.OutputSize);

    /// <summary>Length of what the output layer reads: the last hidden vector, or the combined one where there are no hidden layers.</summary>
    [JsonIgnore]
    internal int HiddenSize => Head.HiddenUnits.Count > 0 ? Head.HiddenUnits[^1] : CombinedSize;

    /// <summary>The tables, in the order in which columns first read them.</summary>
    [JsonIgnore]
    internal IEnumerable<TableShape> Tables =>
        from column in Columns.Index()
        let reader = column.Item as EmbeddingShape
        where reader is not null
        group (column.Index, Reader: reader) by reader.Table into readers
        let first = readers.First().Reader
        select new TableShape(
            readers.Key, first.KeyCount, first.Dimensions, readers.All(one => one.Reader.IsPadded), [.. readers.Select(one => one.Index)]);

    /// <summary>Whether a column's vector is brought to the length of the combined one before it is added or multiplied.</summary>
    internal bool IsProjected(ColumnShape column) => Head.Combination != ColumnCombination.Concatenate && column.OutputSize != CombinedSize;

    internal static string ProjectionWeights(ColumnShape column) => $"projections.{column.Name}.weight";

    internal static string ProjectionBias(ColumnShape column) => $"projections.{column.Name}.bias";

    /// <summary>Every array of a network of this form: name and extents.</summary>
    internal IEnumerable<(string Name, int[] Extents)> Weights()
    {
        // A shared table is an array of each of its columns.
        foreach (var weight in Columns.SelectMany(column => column.Weights()).DistinctBy(weight => weight.Name)) yield return weight;
        foreach (var column in Columns.Where(IsProjected))
        {
            yield return (ProjectionWeights(column), [CombinedSize, column.OutputSize]);
            yield return (ProjectionBias(column), [CombinedSize]);
        }
        foreach (var weight in Head.Weights(CombinedSize, Outputs)) yield return weight;
    }

    /// <summary>The arrays that are the scales of number columns.</summary>
    /// <param name="scales">The scale of each column, by position; null for those that are no numbers.</param>
    internal IEnumerable<(string Name, float[] Values)> NumberArrays(IEnumerable<NumberScale?> scales) => Columns.Zip(scales)
        .SelectMany(column => column.Second?.Arrays.Select(array => (column.First.WeightName(array.Part), array.Values)) ?? []);

    /// <summary>Refuses a network of which an array would have more numbers than can be in one; to be asked before anything of its size is made.</summary>
    /// <exception cref="InvalidOperationException">An array would have more.</exception>
    internal void RequireSizes()
    {
        foreach (var column in Columns.OfType<EmbeddingShape>()) column.RequireSize();
        WeightArray.RequireSizes(
            Weights(), [.. Tables.Select(table => table.Name)], "Give the network fewer hidden units, or a label of fewer classes.");
    }

    /// <summary>What cannot be in a network's form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Labels.Count == 0 || Labels.Contains(null!)) return ["It names no label, or one that is nothing."];
        if (Columns.Count == 0 || Columns.Contains(null!)) return ["It names no column, or one that is nothing."];
        var faults = Columns.SelectMany(column => column.Faults()).Concat(Labels.SelectMany(label => label.Faults()));
        if (Labels.DistinctBy(label => label.Name).Count() < Labels.Count) faults = faults.Append("Two of its labels have the same name.");
        if (Labels.Count > 1 && !NamesLabels) faults = faults.Append("It has several labels, and score columns for one.");
        if (Columns.DistinctBy(column => column.Name).Count() < Columns.Count) faults = faults.Append("Two of its columns have the same name.");
        foreach (var table in Columns.OfType<EmbeddingShape>().GroupBy(column => column.Table))
        {
            if (table.DistinctBy(column => (column.KeyCount, column.Dimensions)).Count() > 1)
                faults = faults.Append($"The columns that share the table '{table.First().SharedTable}' differ in key count or dimensions.");
        }
        return faults.Concat(Head.Faults());
    }
}

/// <summary>A table of vectors and the columns that read it.</summary>
/// <param name="Name">Its full name in the network's form.</param>
/// <param name="KeyCount">Its rows but for that of key 0.</param>
/// <param name="Dimensions">Length of a row.</param>
/// <param name="IsPadded">True if row 0 is padding: zeros that are never looked up.</param>
/// <param name="Columns">Numbers of the columns, rising.</param>
internal sealed record TableShape(string Name, int KeyCount, int Dimensions, bool IsPadded, IReadOnlyList<int> Columns)
{
    /// <summary>Initial values lie between minus this and this. Keras's Embedding has the same.</summary>
    internal double InitialRange { get; init; } = 0.05;
}

/// <summary>What a model file says of a network beside its arrays.</summary>
internal sealed record SavedNetwork(NetworkShape Network, TrainingHistory History)
{
    /// <summary>Number of steps that make keys of raw columns.</summary>
    public int Steps { get; init; }

    /// <summary>Number of networks.</summary>
    public int Members { get; init; } = 1;

    /// <summary>The form of the wide part; null without one.</summary>
    public WideShape? Wide { get; init; }

    /// <summary>What each label takes of the networks and of the wide part; empty without one.</summary>
    public IReadOnlyList<MixtureWeights> Mixture { get; init; } = [];
}

/// <summary>Serializer of a network's form and history, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SavedNetwork))]
internal sealed partial class NetworkJson : JsonSerializerContext;
