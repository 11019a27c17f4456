using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>A line of a summary: a layer of a network.</summary>
/// <param name="Name">What it reads, or where it stands.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Output">What it gives for a row.</param>
/// <param name="Parameters">Number of its parameters; a shared table counts where it is first read.</param>
internal sealed record SummaryLayer(string Name, string Kind, string Output, long Parameters)
{
    /// <summary>The layers of a network over columns.</summary>
    /// <param name="shape">Its form.</param>
    /// <param name="sourceOf">The raw column of a column.</param>
    internal static IEnumerable<SummaryLayer> Of(NetworkShape shape, Func<string, string> sourceOf)
    {
        HashSet<string> counted = [];
        foreach (var column in shape.Columns)
        {
            string source = sourceOf(column.Name);
            string name = source == column.Name ? source : $"{source} ({column.Name[(source.Length + 1)..]})";
            yield return new SummaryLayer(name, KindOf(column), Text(column.OutputSize), Count(column.Weights().Where(weight => counted.Add(weight.Name))));
        }
        var projections = shape.Weights().Where(weight => weight.Name.StartsWith("projections.", StringComparison.Ordinal));
        yield return new SummaryLayer(shape.Head.Combination.ToString().ToLowerInvariant(), "", Text(shape.CombinedSize), Count(projections));
        var head = shape.Head;
        string members = head.EnsembleSize > 1 ? string.Create(CultureInfo.InvariantCulture, $"{head.EnsembleSize} × ") : "";
        string after = head.Normalization == Normalization.None ? "" : $"{head.Normalization} normalization, ";
        foreach (var layer in head.Weights(shape.CombinedSize, shape.Outputs).GroupBy(weight => weight.Name.Split('.')[1]))
        {
            int index = int.Parse(layer.Key, CultureInfo.InvariantCulture);
            bool isOutput = index == head.HiddenUnits.Count;
            yield return new SummaryLayer(
                isOutput ? "output" : $"hidden {index + 1}", isOutput ? "dense" : $"dense, {after}{head.Activation}",
                members + Text(isOutput ? shape.Outputs : head.HiddenUnits[index]), Count(layer));
        }
    }

    /// <summary>The parts of an encoder-decoder.</summary>
    internal static IEnumerable<SummaryLayer> Of(EncoderDecoderShape shape)
    {
        HashSet<string> counted = [];
        foreach (var (name, column) in new[] { ("source", shape.Source), ("target", shape.Target) })
            yield return new SummaryLayer(name, KindOf(column), Text(column.OutputSize), Count(column.Weights().Where(weight => counted.Add(weight.Name))));
        foreach (var part in shape.Weights().Where(weight => !counted.Contains(weight.Name)).GroupBy(weight => weight.Name.Split('.')[0]))
            yield return new SummaryLayer(part.Key, "dense", Text(part.Key == "output" ? shape.Classes : part.First().Extents[0]), Count(part));
    }

    /// <summary>Number of values of arrays.</summary>
    internal static long Count(IEnumerable<(string Name, int[] Extents)> weights) =>
        weights.Sum(weight => weight.Extents.Aggregate(1L, (product, extent) => product * extent));

    private static string KindOf(ColumnShape column) => column switch
    {
        SequenceShape sequence => Text($"{Keys(sequence)}, {sequence.Encoder.GetType().Name.Replace("Encoder", "", StringComparison.Ordinal)}"),
        BagShape bag => Text($"{Keys(bag)}, {bag.Pooling} of a bag"),
        EmbeddingShape keys => Keys(keys),
        NumberShape { Size: var size } number => Text(
            $"{size} number{(size == 1 ? "" : "s")}, {number.Encoder.GetType().Name.Replace("Encoder", "", StringComparison.Ordinal)}"),
        _ => column.GetType().Name,
    };

    private static string Keys(EmbeddingShape keys) =>
        Text($"{keys.KeyCount:N0} keys × {keys.Dimensions}{(keys.SharedTable is { } shared ? $" of '{shared}'" : "")}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
