using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A kind of label: its trainers, ours and those of ML.NET, and its metrics.</summary>
internal abstract class QualityTask
{
    /// <summary>Name of the label column.</summary>
    internal const string Label = "Label";

    /// <summary>Name of the features of ML.NET's trainers.</summary>
    internal const string Features = "Features";

    /// <summary>Type of the label in the file.</summary>
    internal abstract DataKind LabelKind { get; }

    /// <summary>What makes of the label in the file what trainers take; it may do nothing.</summary>
    internal virtual IEstimator<ITransformer> Prepare(MLContext context) => new EstimatorChain<ITransformer>();

    /// <summary>How ours learns the label.</summary>
    internal abstract LabelColumn LearnedLabel { get; }

    internal abstract IEstimator<ITransformer> Ours(MLContext context, MultiEmbeddingOptions options);

    internal abstract IEstimator<ITransformer> LightGbm(MLContext context);

    internal abstract IEstimator<ITransformer> Linear(MLContext context);

    /// <summary>The metrics by name.</summary>
    internal abstract IReadOnlyDictionary<string, double> Evaluate(MLContext context, IDataView scored);
}
