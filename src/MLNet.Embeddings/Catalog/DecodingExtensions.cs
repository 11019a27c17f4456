using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>How fitted encoder-decoders search for outputs.</summary>
public static class DecodingExtensions
{
    /// <summary>The same model with another way to search for outputs; the given one stays as it is.</summary>
    /// <param name="model">A <see cref="SequenceToSequenceTransformer"/>, or a fitted or loaded pipeline with one: the last is meant.</param>
    /// <param name="decoding">The settings.</param>
    /// <example><code>
    /// var careful = model.With(new DecodingOptions { BeamWidth = 8, Alternatives = 3 });
    /// </code></example>
    /// <exception cref="ArgumentException">The model has no encoder-decoder, or settings are out of range; the message has a line for each.</exception>
    public static TModel With<TModel>(this TModel model, DecodingOptions decoding) where TModel : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(model);
        var step = model.FindStep<SequenceToSequenceTransformer>();
        return (TModel)model.Replace(step, step.WithDecoding(decoding));
    }
}
