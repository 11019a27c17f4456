using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>The transformers of fitted steps, and the steps of transformers.</summary>
internal static class IndexingSteps
{
    /// <summary>The transformer of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="warn">Takes what is to be said when it is applied; null where nobody asks.</param>
    internal static RowMappingTransformer Transformer(this FittedStep step, Action<string>? warn) => step switch
    {
        TokenStep tokens => new TokenIndexingTransformer(tokens),
        CategoryStep categories => new CategoryIndexingTransformer(categories),
        DateStep { Shape: var dates } => new DatePartsTransformer(dates, warn),
        _ => throw new UnreachableException($"{step}"),
    };

    /// <summary>What the steps of a model have learned.</summary>
    internal static FittedStep[] Fitted(this IEnumerable<RowMappingTransformer> steps) =>
        [.. steps.Select(step => step.Fitted() ?? throw new UnreachableException($"{step}"))];

    /// <summary>What a step has learned; null where it is none of a model's.</summary>
    internal static FittedStep? Fitted(this RowMappingTransformer step) => step switch
    {
        TokenIndexingTransformer tokens => tokens.Step,
        CategoryIndexingTransformer categories => categories.Step,
        DatePartsTransformer { Shape: var dates } => new DateStep(dates),
        _ => null,
    };
}
