using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A transformer that stands for a model.</summary>
internal interface IModelHolder
{
    /// <summary>The model.</summary>
    ITransformer Model { get; }

    /// <summary>The same for another model.</summary>
    ITransformer With(ITransformer model);
}

/// <summary>Looks through fitted pipelines: chains within chains as well.</summary>
internal static class ModelSteps
{
    /// <summary>All steps, in their order.</summary>
    internal static IEnumerable<ITransformer> Steps(this ITransformer model) => model switch
    {
        IModelHolder holder => holder.Model.Steps(),
        IEnumerable<ITransformer> chain => chain.SelectMany(Steps),
        _ => [model],
    };

    /// <summary>The same model with another step in the place of one, its chains of the types and with the scopes that they had.</summary>
    internal static ITransformer Replace(this ITransformer model, ITransformer step, ITransformer other) => model switch
    {
        _ when ReferenceEquals(model, step) => other,
        IModelHolder holder => holder.With(holder.Model.Replace(step, other)),
        IEnumerable<ITransformer> chain => ClosedSide.WithTransformers(model, [.. chain.Select(one => one.Replace(step, other))]),
        _ => model,
    };
}
