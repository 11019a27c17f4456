using Microsoft.ML;
using Microsoft.ML.Data;
using MLNet.Embeddings;

namespace ReviewRecommendation;

/// <summary>Trains the network, in view of the user.</summary>
internal static class Training
{
    /// <returns>The fitted pipeline; null when the user cancelled too early for one.</returns>
    internal static TransformerChain<MultiEmbeddingTransformer>? Fit(MLContext mlContext, Settings settings, IDataView train)
    {
        using var cancelKey = new CancelKey();
        try
        {
            var model = TrainingDisplay.Show(progress => ReviewPipeline.Create(mlContext, settings, progress, cancelKey.Token).Fit(train));
            HistoryReport.Print(model.LastTransformer.History);
            return model;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
