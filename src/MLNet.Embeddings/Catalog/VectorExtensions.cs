using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>What networks have learned, as vectors: of the terms of a column, and of rows.</summary>
public static class VectorExtensions
{
    /// <summary>The vectors that a model has learned for the values of a category, the words of a text, the tags of a bag.</summary>
    /// <param name="model">
    /// A fitted or loaded <see cref="MultiEmbeddingTransformer"/> or <see cref="SequenceToSequenceTransformer"/>, or a pipeline with one, whatever chains
    /// it stands in; of several, the last that reads the column.
    /// </param>
    /// <param name="column">
    /// The column: by its name in the data, also where an indexing step or <c>MapValueToKey</c> makes the keys that the network reads; or the column of keys.
    /// Of an encoder-decoder, the source or the target. Columns that share a table have the same vectors.
    /// </param>
    /// <example><code>
    /// EmbeddingVectors cities = model.Vectors("City");
    /// IReadOnlyList&lt;Neighbor&gt; near = cities.Nearest("Oslo", 5);
    /// cities.SaveAsText("cities.vec");
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The column is none of the model's, a number, a date, or its keys stand for no terms; the message names those that have vectors.
    /// </exception>
    public static EmbeddingVectors Vectors(this ITransformer model, string column)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(column);
        return ModelVectors.Of([.. model.Steps()], column);
    }

    /// <summary>A step that gives each row's vector within the network, to be read by other trainers, compared or stored.</summary>
    /// <param name="model">As for <see cref="Vectors"/>.</param>
    /// <param name="outputColumnName">Name of the column to add, of type Vector&lt;Single&gt; of a known size.</param>
    /// <param name="inputColumnName">The one column to encode, named as for <see cref="Vectors"/>, numbers and dates included; null for the whole row.</param>
    /// <returns>
    /// A <see cref="FeaturesTransformer"/>, whose remarks tell what the vectors are; where it needs steps that stand in front of the network, a chain of them
    /// and it. It works without the label and other columns that its vectors do not depend on; where one of these steps makes a column of them as well, it is
    /// what <see cref="TransformerScoringExtensions.ForScoring"/> gives, which is to be asked for again when it is loaded from a file.
    /// </returns>
    /// <example><code>
    /// ITransformer features = model.Features("Row");
    /// var trees = mlContext.BinaryClassification.Trainers.LightGbm("Label", "Row").Fit(features.Transform(train));
    /// ITransformer both = new TransformerChain&lt;ITransformer&gt;(features, trees);
    /// </code></example>
    /// <exception cref="ArgumentException">The model has no network, or reads no such column; the message names those that it reads.</exception>
    public static ITransformer Features(this ITransformer model, string outputColumnName, string? inputColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(outputColumnName);
        return ModelFeatures.Of([.. model.Steps()], outputColumnName, inputColumnName);
    }
}
