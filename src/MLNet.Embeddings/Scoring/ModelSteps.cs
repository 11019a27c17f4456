using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Looks through fitted pipelines.</summary>
internal static class ModelSteps
{
    /// <summary>All steps, in their order: chains within chains are looked through.</summary>
    internal static IEnumerable<ITransformer> Steps(this ITransformer model) => model switch
    {
        ScoringTransformer scoring => scoring.Model.Steps(),
        IEnumerable<ITransformer> chain => chain.SelectMany(Steps),
        _ => [model],
    };
}
