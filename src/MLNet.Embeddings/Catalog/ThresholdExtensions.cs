using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Decision thresholds of models with a binary label.</summary>
public static class ThresholdExtensions
{
    /// <summary>The same pipeline with another probability above which PredictedLabel is the positive class; the given one stays as it is.</summary>
    /// <param name="model">A <see cref="MultiEmbeddingTransformer"/>, or a fitted or loaded pipeline with one: the last that has the label is meant.</param>
    /// <param name="threshold">The probability, from 0, with which every row is predicted positive, to 1, with which none is.</param>
    /// <param name="labelColumnName">The label; may be null where the step has one binary label only.</param>
    /// <remarks>See <see cref="MultiEmbeddingTransformer.WithThreshold"/>, which this applies to the step.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is below 0, above 1 or NaN.</exception>
    /// <exception cref="ArgumentException">No step has such a binary label, or one has several and none is named.</exception>
    public static TModel WithThreshold<TModel>(this TModel model, double threshold, string? labelColumnName = null) where TModel : class, ITransformer
    {
        ArgumentNullException.ThrowIfNull(model);
        var step = Find(model, labelColumnName);
        return (TModel)model.Replace(step, step.WithThreshold(threshold, labelColumnName));
    }

    /// <summary>The threshold with which a metric is highest on data; of all there are, not of a grid.</summary>
    /// <param name="model">A <see cref="MultiEmbeddingTransformer"/>, or a fitted or loaded pipeline with one: the last that has the label is meant.</param>
    /// <param name="data">Rows with their label, that the model was not trained on.</param>
    /// <param name="metric">What is to be highest.</param>
    /// <param name="labelColumnName">The label; may be null where the step has one binary label only.</param>
    /// <param name="exampleWeightColumnName">A column of weights of the rows, finite numbers of 0 or more; null where every row counts 1.</param>
    /// <returns>
    /// The probability to give to <see cref="WithThreshold"/>, in the middle between the scores of two rows; of several that are as good, the one nearest to
    /// one half. A metric that is measured on the same rows is too good: measure on others.
    /// </returns>
    /// <example><code>
    /// var decided = model.WithThreshold(model.BestThreshold(validationData, ThresholdMetric.F1Score));
    /// </code></example>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the metric is none.</exception>
    /// <exception cref="ArgumentException">No step has such a binary label, or one has several and none is named.</exception>
    /// <exception cref="InvalidOperationException">A label is missing, a weight cannot be used, or there are not rows of both classes.</exception>
    public static double BestThreshold(
        this ITransformer model, IDataView data, ThresholdMetric metric = ThresholdMetric.F1Score, string? labelColumnName = null,
        string? exampleWeightColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        if (!Enum.IsDefined(metric))
            throw new ArgumentOutOfRangeException(nameof(metric), metric, $"The metric must be {EnumValues.Names<ThresholdMetric>()}.");
        var step = Find(model, labelColumnName);
        string label = step.BinaryLabel(labelColumnName).Name;
        string score = step.Model.Shape.NamesLabels ? $"{label}.Score" : "Score";
        // One half leaves the logits as they are.
        var scored = model.WithThreshold(0.5, labelColumnName).Transform(data);
        return ThresholdSearch.Best(ThresholdSearch.Read(scored, label, score, exampleWeightColumnName), metric);
    }

    /// <summary>The last step that has the label, or any where none is named.</summary>
    private static MultiEmbeddingTransformer Find(ITransformer model, string? label) =>
        model.Steps().OfType<MultiEmbeddingTransformer>().LastOrDefault(step => step.HasBinaryLabel(label)) ?? throw new ArgumentException(
            $"No step of the model predicts {(label is null ? "a binary label" : $"the binary label '{label}'")} by MultiEmbedding; a threshold belongs to " +
            "one. Correct the name, or give a model that ends in MultiEmbedding of BinaryClassification or MultiOutput.", nameof(model));
}
