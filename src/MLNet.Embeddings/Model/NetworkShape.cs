using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The form of a fitted network: its columns in order, the hidden layers of its head and its labels in order.</summary>
/// <param name="Columns">What it reads.</param>
/// <param name="HiddenUnits">Units of the hidden layers.</param>
/// <param name="Labels">What it predicts.</param>
/// <param name="NamesLabels">True if the names of the score columns begin with that of their label, as those of networks of several labels do.</param>
internal sealed record NetworkShape(IReadOnlyList<ColumnShape> Columns, IReadOnlyList<int> HiddenUnits, IReadOnlyList<LabelShape> Labels, bool NamesLabels = false)
{
    /// <summary>Number of values that the network gives for a row: those of its labels, one after the other.</summary>
    [JsonIgnore]
    internal int Outputs => Labels.Sum(label => label.Outputs);

    /// <summary>Length of the vector that the columns' vectors make when put one after the other.</summary>
    [JsonIgnore]
    internal int CombinedSize => Columns.Sum(column => column.OutputSize);

    /// <summary>Number of dense layers, the output layer included.</summary>
    [JsonIgnore]
    internal int LayerCount => HiddenUnits.Count + 1;

    /// <summary>Inputs and outputs of a dense layer.</summary>
    internal (int Inputs, int Outputs) Layer(int index) =>
        (index == 0 ? CombinedSize : HiddenUnits[index - 1], index == HiddenUnits.Count ? Outputs : HiddenUnits[index]);

    internal static string LayerWeights(int index) => $"head.{index}.weight";

    internal static string LayerBias(int index) => $"head.{index}.bias";

    /// <summary>Every array of a network of this form: name and extents.</summary>
    internal IEnumerable<(string Name, int[] Extents)> Weights()
    {
        foreach (var column in Columns)
        {
            foreach (var weight in column.Weights()) yield return weight;
        }
        for (int i = 0; i < LayerCount; i++)
        {
            var (inputs, outputs) = Layer(i);
            yield return (LayerWeights(i), [outputs, inputs]);
            yield return (LayerBias(i), [outputs]);
        }
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
        if (HiddenUnits.Any(units => units < 1)) faults = faults.Append($"A hidden layer has {HiddenUnits.Min()} units.");
        return faults;
    }
}
