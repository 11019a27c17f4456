using Microsoft.ML.Transforms;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Fits whole pipelines on from earlier models.</summary>
public static class PipelineFitExtensions
{
    /// <summary>Trains on from an earlier model of the same pipeline, on new data or more of it.</summary>
    /// <typeparam name="TTransformer">What the pipeline makes.</typeparam>
    /// <param name="pipeline">The pipeline, with chains in it or without.</param>
    /// <param name="data">The new data.</param>
    /// <param name="previousModel">What the pipeline made before, fitted or loaded; it stays as it is.</param>
    /// <returns>What <c>pipeline.Fit(data)</c> gives: a model of the same type.</returns>
    /// <remarks>
    /// <para>
    /// Each step of this library goes on from the step in its place: vocabularies of IndexTokens and IndexCategories grow by the terms that are new, and
    /// MultiEmbedding trains on from its weights, as <see cref="MultiEmbeddingTrainer.Fit(IDataView, IDataView?, MultiEmbeddingTransformer?)"/> tells, with
    /// validation rows, progress and cancellation as its options say.
    /// </para>
    /// <para>
    /// Steps of ML.NET itself, its trainers as well, are kept as they were fitted: the weights that go on are those of the keys and scales that they give.
    /// So a value of a label that <c>MapValueToKey</c> has not met before has no key, and its rows are left out, which the log tells.
    /// </para>
    /// </remarks>
    /// <example><code>
    /// var monday = pipeline.Fit(mondaysData);
    /// var tuesday = pipeline.Fit(tuesdaysData, monday);
    /// </code></example>
    /// <exception cref="ArgumentException">The model has other steps than the pipeline, or a step cannot go on from the earlier one; or no step is of this
    /// library.</exception>
    /// <exception cref="NotSupportedException">A step is an encoder-decoder, which always begins anew.</exception>
    public static TTransformer Fit<TTransformer>(this IEstimator<TTransformer> pipeline, IDataView data, ITransformer previousModel)
        where TTransformer : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(previousModel);
        if (!previousModel.Steps().Any(step => step is RowMappingTransformer)) throw new ArgumentException(
            $"The earlier model has no step of MLNet.Embeddings, so nothing of it could go on learning. Its steps are: " +
            $"{string.Join(", ", previousModel.Steps().Select(step => step.GetType().Name))}.", nameof(previousModel));
        return (TTransformer)ContinuedStep.Of(pipeline, previousModel).Fit(data);
    }
}

/// <summary>A step of a pipeline that goes on from an earlier one, or is that.</summary>
/// <param name="estimator">The step.</param>
/// <param name="fit">Fits it on from the earlier one.</param>
internal sealed class ContinuedStep(IEstimator<ITransformer> estimator, Func<IDataView, ITransformer> fit) : IEstimator<ITransformer>
{
    /// <summary>Transformers of ML.NET that are chains of their parts in files.</summary>
    private static readonly Type[] Chains = [typeof(OneHotEncodingTransformer), typeof(OneHotHashEncodingTransformer)];

    public ITransformer Fit(IDataView input) => fit(input);

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => estimator.GetOutputSchema(inputSchema);

    /// <summary>A pipeline whose steps go on from those of an earlier model.</summary>
    /// <exception cref="ArgumentException">The model has other steps.</exception>
    internal static IEstimator<ITransformer> Of(IEstimator<ITransformer> estimator, ITransformer previousModel)
    {
        if (previousModel is ScoringTransformer scoring) previousModel = scoring.Model;
        if (ClosedSide.EstimatorsOf(estimator) is not { } steps) return OfStep(estimator, previousModel);
        ITransformer[] before = previousModel is IEnumerable<ITransformer> chain ? [.. chain] : [previousModel];
        if (before.Length != steps.Count) throw new ArgumentException(
            $"The pipeline has {steps.Count} steps ({Names(steps)}), and the earlier model has {before.Length} ({Names(before)}). Give the model that this " +
            "pipeline made.", nameof(previousModel));
        return ClosedSide.WithEstimators(estimator, [.. steps.Zip(before, Of)]);
    }

    private static ContinuedStep OfStep(IEstimator<ITransformer> estimator, ITransformer previousModel) => (estimator, previousModel) switch
    {
        (MultiEmbeddingTrainer trainer, MultiEmbeddingTransformer model) => new(trainer, data => trainer.Fit(data, model)),
        (TokenIndexingEstimator indexing, TokenIndexingTransformer known) => new(indexing, data => indexing.Fit(data, known)),
        (CategoryIndexingEstimator indexing, CategoryIndexingTransformer known) => new(indexing, data => indexing.Fit(data, known)),
        (SequenceToSequenceEstimator, SequenceToSequenceTransformer) => throw new NotSupportedException(
            "A SequenceToSequence step cannot go on from an earlier model: fit the pipeline anew, on all data."),
        _ when Makes(estimator, previousModel) => new(estimator, _ => previousModel),
        _ => throw new ArgumentException(
            $"The pipeline has a {Name(estimator)} where the earlier model has a {Name(previousModel)}. Give the model that this pipeline made.",
            nameof(previousModel)),
    };

    /// <summary>Whether a step of ML.NET makes such transformers; those in files have other type arguments, or are chains of their parts.</summary>
    private static bool Makes(IEstimator<ITransformer> estimator, ITransformer previousModel) => previousModel is not RowMappingTransformer
        && estimator.GetType().GetInterfaces().Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEstimator<>))
            .Select(one => one.GenericTypeArguments[0])
            .Any(made => made.IsInstanceOfType(previousModel) || Name(made) == Name(previousModel)
                || (Chains.Contains(made) && previousModel is IEnumerable<ITransformer>));

    private static string Names(IEnumerable<object> steps) => string.Join(", ", steps.Select(Name));

    private static string Name(object step) => Name(step.GetType());

    private static string Name(Type type) => type.Name.Split('`')[0];
}
