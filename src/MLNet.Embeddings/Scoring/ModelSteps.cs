using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Looks through fitted pipelines: chains within chains as well.</summary>
internal static class ModelSteps
{
    /// <summary>All steps, in their order.</summary>
    internal static IEnumerable<ITransformer> Steps(this ITransformer model) => model switch
    {
        ScoringTransformer scoring => scoring.Model.Steps(),
        IEnumerable<ITransformer> chain => chain.SelectMany(Steps),
        _ => [model],
    };

    /// <summary>The same model with another step in the place of one, its chains of the types that they had.</summary>
    internal static ITransformer Replace(this ITransformer model, ITransformer step, ITransformer other) => model switch
    {
        _ when ReferenceEquals(model, step) => other,
        ScoringTransformer scoring => ScoringTransformer.Of(scoring.Model.Replace(step, other)),
        // A chain of the same type: its last transformer keeps its own.
        IEnumerable<ITransformer> chain => (ITransformer)Activator.CreateInstance(
            model.GetType(), [chain.Select(one => one.Replace(step, other)).ToArray()])!,
        _ => model,
    };
}
