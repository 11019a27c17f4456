using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Finds the steps of fitted pipelines.</summary>
public static class PipelineStepExtensions
{
    /// <summary>The last step of a kind, wherever it stands in a fitted or loaded pipeline: chains within chains are looked through.</summary>
    /// <typeparam name="TStep">The kind, such as <see cref="MultiEmbeddingTransformer"/> or <see cref="TokenIndexingTransformer"/>.</typeparam>
    /// <param name="model">The pipeline, or a step alone.</param>
    /// <example><code>
    /// ITransformer model = mlContext.Model.Load("model.zip", out _);
    /// TrainingHistory history = model.FindStep&lt;MultiEmbeddingTransformer&gt;().History;
    /// </code></example>
    /// <exception cref="ArgumentException">There is none; the message names the steps that there are.</exception>
    public static TStep FindStep<TStep>(this ITransformer model) where TStep : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Steps().OfType<TStep>().LastOrDefault() ?? throw new ArgumentException(
            $"The model has no step of type {typeof(TStep).Name}. Ask for one that it has: " +
            $"{string.Join(", ", model.Steps().Select(step => step.GetType().Name))}.", nameof(model));
    }

    /// <summary>How the fit of a model went, epoch by epoch: of its last step that was trained by MultiEmbedding or SequenceToSequence.</summary>
    /// <param name="model">The step, or a fitted or loaded pipeline with it: chains within chains are looked through.</param>
    /// <exception cref="ArgumentException">There is no such step; the message names the steps that there are.</exception>
    public static TrainingHistory History(this ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Steps().LastOrDefault(step => step is MultiEmbeddingTransformer or SequenceToSequenceTransformer) switch
        {
            MultiEmbeddingTransformer step => step.History,
            SequenceToSequenceTransformer step => step.History,
            _ => throw new ArgumentException(
                $"The model has no step that was trained by MultiEmbedding or SequenceToSequence, and a history is that of one. Its steps are: " +
                $"{string.Join(", ", model.Steps().Select(step => step.GetType().Name))}.", nameof(model)),
        };
    }
}
