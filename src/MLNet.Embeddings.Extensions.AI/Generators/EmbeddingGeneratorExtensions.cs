using Microsoft.Extensions.AI;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Models as embedding generators.</summary>
public static class EmbeddingGeneratorExtensions
{
    /// <summary>A column's encoder as a generator of Microsoft.Extensions.AI: it gives texts the vectors that the model makes of them.</summary>
    /// <param name="model">A fitted or loaded model with a network, whatever chains it stands in.</param>
    /// <param name="column">The column of text, by its name in the data; of an encoder-decoder, the source.</param>
    /// <param name="modelId">What the generator calls the model, in its metadata and embeddings; default the name of the column.</param>
    /// <returns>A generator that any number of threads may use at once. It loads no native library and needs no disposal.</returns>
    /// <remarks>The vectors are those of <c>model.Features(output, column)</c>. A null or empty text has the vector of a missing one.</remarks>
    /// <example><code>
    /// IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt; titles = model.AsEmbeddingGenerator("Title");
    /// ReadOnlyMemory&lt;float&gt; vector = await titles.GenerateVectorAsync("A warm coat");
    /// </code></example>
    /// <exception cref="ArgumentException">The model has no network, reads no such column, or the column is none of text.</exception>
    public static IEmbeddingGenerator<string, Embedding<float>> AsEmbeddingGenerator(this ITransformer model, string column, string? modelId = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(column);
        return new TextEmbeddingGenerator(model, column, modelId ?? column);
    }
}
