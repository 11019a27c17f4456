using Microsoft.ML;

namespace TablePrediction;

/// <summary>What ML.NET offers for tables, to compare with: a column for each value of a category, then LightGBM's boosted trees with its defaults.</summary>
internal static class TreePipeline
{
    internal static IEstimator<ITransformer> Create(MLContext mlContext) =>
        mlContext.Transforms.Categorical.OneHotEncoding([.. Customer.Categories.Select(name => new InputOutputColumnPair(name))])
            .Append(mlContext.Transforms.Concatenate("Features", [.. Customer.Categories, .. Customer.Numbers]))
            .Append(mlContext.BinaryClassification.Trainers.LightGbm(labelColumnName: nameof(Customer.HighIncome)));
}
