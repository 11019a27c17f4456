using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>One label of a fitted network, with what the training data decided: what some of its outputs mean.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BinaryLabelShape), "binary")]
[JsonDerivedType(typeof(MulticlassLabelShape), "multiclass")]
[JsonDerivedType(typeof(RegressionLabelShape), "regression")]
internal abstract record LabelShape(string Name)
{
    /// <summary>Number of the network's outputs that belong to the label.</summary>
    [JsonIgnore]
    internal abstract int Outputs { get; }

    /// <summary>What cannot be in a network's form, a sentence each; a file that was made by hand may hold anything.</summary>
    internal virtual IEnumerable<string> Faults()
    {
        if (string.IsNullOrEmpty(Name)) yield return "A label has no name.";
    }
}
