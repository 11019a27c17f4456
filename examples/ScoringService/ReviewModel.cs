using Microsoft.ML;
using MLNet.Embeddings;

namespace ScoringService;

/// <summary>Trains the model that the service begins with, where it is given none.</summary>
internal static class ReviewModel
{
    internal static void Train(string modelFile)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView reviews = mlContext.Data.LoadTable(Path.Combine(AppContext.BaseDirectory, "reviews.csv"));
        var model = mlContext.BinaryClassification.Trainers.MultiEmbedding(new MultiEmbeddingOptions
        {
            LabelColumnName = "Recommended",
            Effort = TrainingEffort.Quick,
        }).Fit(reviews);
        mlContext.Model.SaveAtomically(model, reviews.Schema, modelFile);
    }
}
