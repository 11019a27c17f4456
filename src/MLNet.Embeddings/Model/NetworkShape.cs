using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>The form of a fitted network: its columns in order, the hidden layers of its head and its outputs.</summary>
internal sealed record NetworkShape(NetworkTask Task, IReadOnlyList<ColumnShape> Columns, IReadOnlyList<int> HiddenUnits, int Outputs)
{
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
        if (!Enum.IsDefined(Task)) return [$"It is for the task {Task}, which is not known."];
        if (Columns.Count == 0 || Columns.Contains(null!)) return ["It names no column, or one that is nothing."];
        var faults = Columns.SelectMany(column => column.Faults());
        if (Columns.DistinctBy(column => column.Name).Count() < Columns.Count) faults = faults.Append("Two of its columns have the same name.");
        if (HiddenUnits.Any(units => units < 1)) faults = faults.Append($"A hidden layer has {HiddenUnits.Min()} units.");
        if (Outputs != 1) faults = faults.Append($"A network of the task {Task} has 1 output; the file says {Outputs}.");
        return faults;
    }
}
