using Microsoft.ML;

namespace TopicClassification;

/// <summary>What ML.NET offers for topics, to compare with: the weights of words and of runs of three letters, then a linear model.</summary>
internal static class LinearPipeline
{
    internal const string Label = "AreaKey";

    internal static IEstimator<ITransformer> Create(MLContext mlContext)
    {
        var text = mlContext.Transforms.Text;
        return mlContext.Transforms.Conversion.MapValueToKey(Label, nameof(Issue.Area))
            .Append(text.FeaturizeText("TitleFeatures", nameof(Issue.Title)))
            .Append(text.FeaturizeText("DescriptionFeatures", nameof(Issue.Description)))
            .Append(mlContext.Transforms.Concatenate("Features", "TitleFeatures", "DescriptionFeatures"))
            .Append(mlContext.MulticlassClassification.Trainers.SdcaMaximumEntropy(Label));
    }
}
