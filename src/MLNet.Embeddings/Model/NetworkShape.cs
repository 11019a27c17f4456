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
}
