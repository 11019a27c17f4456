using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace EntityEmbeddings;

/// <summary>The models that are compared: a network, and LightGBM's boosted trees over two forms of the same columns.</summary>
internal static class Pipelines
{
    /// <summary>One network with a vector of six numbers for each value of a category.</summary>
    internal static MultiEmbeddingTrainer Network(
        MLContext mlContext, Settings settings, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = nameof(Flight.Late),
            Columns = [.. Flight.Categories.Select(name => InputColumn.Category(name, dimensions: 6)), InputColumn.Number(nameof(Flight.Departure))],
            HiddenUnits = [64, 32],
            MaxEpochs = settings.Epochs,
            Progress = progress,
            CancellationToken = cancellationToken,
        });

    /// <summary>What ML.NET offers for categories: a column for each of their values.</summary>
    internal static IEstimator<ITransformer> OneHotTrees(MLContext mlContext) =>
        mlContext.Transforms.Categorical.OneHotEncoding([.. Flight.Categories.Select(name => new InputOutputColumnPair(name))])
            .Append(Trees(mlContext, Flight.Categories));

    /// <summary>Trees over what the network has learned: a category's vector in the place of its value (Guo and Berkhahn 2016, arXiv 1604.06737).</summary>
    internal static ITransformer EmbeddedTrees(MLContext mlContext, ITransformer network, IDataView train)
    {
        var vectors = new TransformerChain<ITransformer>([.. Flight.Categories.Select(name => network.Features($"{name}Vector", name))]);
        var trees = Trees(mlContext, [.. Flight.Categories.Select(name => $"{name}Vector")]).Fit(vectors.Transform(train));
        return new TransformerChain<ITransformer>(vectors, trees);
    }

    private static IEstimator<ITransformer> Trees(MLContext mlContext, string[] columns) =>
        mlContext.Transforms.Concatenate("Features", [.. columns, nameof(Flight.Departure)])
            .Append(mlContext.BinaryClassification.Trainers.LightGbm(labelColumnName: nameof(Flight.Late)));
}
