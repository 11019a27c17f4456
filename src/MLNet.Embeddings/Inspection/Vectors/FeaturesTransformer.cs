using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>The networks of a fitted model as a step that makes a vector of each row. Made by <c>model.Features</c>.</summary>
/// <remarks>
/// <para>
/// It adds one column of type Vector&lt;Single&gt; of a known size, which any trainer of ML.NET can read: gradient boosting, k-means, anomaly detection.
/// </para>
/// <list type="table">
/// <listheader><term>model</term><description>a row's vector</description></listheader>
/// <item><term>MultiEmbedding</term><description>What the output layer reads: the last hidden vector, or the combined one where there are no hidden
/// layers; the mean over the members of a head with <c>EnsembleSize</c>; of several networks one after the other. The wide part has none.</description></item>
/// <item><term>MultiEmbedding, one input column</term><description>That column's part of the combined vector: of a category its embedding, of a text what
/// the encoder makes of it and all other readings, of a date all parts; of several networks one after the other. Where columns are added or multiplied, what
/// its encoder makes of it, before that is brought to the columns' common length.</description></item>
/// <item><term>SequenceToSequence</term><description>The encoder's last state, of both directions one after the other; zeros for an empty source.
/// </description></item>
/// </list>
/// <para>It needs neither the label nor a native library, computes on all cores as scoring does, and is saved with <c>mlContext.Model.Save</c>.</para>
/// </remarks>
public sealed class FeaturesTransformer : RowMappingTransformer
{
    /// <summary>The name of this kind of transformer in model files.</summary>
    internal const string Kind = "Features";

    private const string ModelPart = "model";

    private readonly RowMappingTransformer _model;

    /// <param name="model">The networks, an <see cref="INetworkModel"/>.</param>
    /// <param name="outputColumnName">Name of the column of vectors.</param>
    internal FeaturesTransformer(RowMappingTransformer model, string outputColumnName) => (_model, OutputColumnName) = (model, outputColumnName);

    /// <summary>Name of the column of vectors.</summary>
    public string OutputColumnName { get; }

    /// <summary>The networks.</summary>
    internal INetworkModel Model => (INetworkModel)_model;

    /// <summary>Reads a transformer from a model file.</summary>
    /// <exception cref="FormatException">The entries are damaged.</exception>
    internal static FeaturesTransformer Read(EntryReader entries)
    {
        string name = entries.ReadShape(FeaturesJson.Default.FeaturesShape).OutputColumnName;
        if (name.Length == 0) throw EntryReader.Damaged(ShapeDocument.EntryName, "Its column has no name.");
        var model = entries.Part(ModelPart);
        return new FeaturesTransformer(model.Kind switch
        {
            MultiEmbeddingTransformer.Kind => MultiEmbeddingTransformer.Read(model),
            SequenceToSequenceTransformer.Kind => SequenceToSequenceTransformer.Read(model),
            _ => throw EntryReader.Damaged(ShapeDocument.EntryName, $"The kind of model '{model.Kind}' has no features."),
        }, name);
    }

    internal override void Write(EntryWriter entries)
    {
        _model.Write(entries.Part(ModelPart));
        entries.WriteShape(Kind, new FeaturesShape(OutputColumnName), FeaturesJson.Default.FeaturesShape);
    }

    private protected override RowBinding Bind(DataViewSchema input) => Model.BindFeatures(input, OutputColumnName);
}

/// <summary>What a model file says of a step of features beside its networks.</summary>
/// <param name="OutputColumnName">Name of the column of vectors.</param>
internal sealed record FeaturesShape(string OutputColumnName);

/// <summary>Serializer of that, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(FeaturesShape))]
internal sealed partial class FeaturesJson : JsonSerializerContext;
