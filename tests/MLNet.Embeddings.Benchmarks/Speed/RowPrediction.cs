using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Scoring of reviews, one by one, as dictionaries and as JSON, by network A behind its indexing steps, beside a prediction engine.</summary>
/// <param name="createRows">Makes the reviews.</param>
internal sealed class RowPrediction(Func<ReviewKeys[]> createRows) : IMeasurement
{
    private const double MostMicroseconds = 30;

    public string Name => "rows without classes, network A";

    public IEnumerable<Comparison> Run(AlternatingRounds rounds)
    {
        var context = new MLContext(1);
        Review[] reviews = Array.ConvertAll(createRows(), row => row.AsText());
        var view = context.Data.LoadFromEnumerable(reviews);
        ITransformer model = new TransformerChain<ITransformer>(
            NetworkA.Indexing(context).Fit(view), RandomNetwork.Transformer(RandomNetwork.Of(NetworkA.Shape)));
        using var engine = context.Model.CreatePredictionEngine<Review, Prediction>(model, view.Schema);
        var rows = Array.ConvertAll(reviews, review => new Dictionary<string, object?>
        {
            [nameof(Review.Title)] = review.Title,
            [nameof(Review.Body)] = review.Body,
        });
        string[] texts = Array.ConvertAll(rows, row => JsonSerializer.Serialize(row));
        RequireEqual(engine.Predict(reviews[0]).Probability, model.Predict(rows[0]));

        double[] medians = rounds.Medians(
            () => Microseconds(() => Array.ForEach(rows, row => model.Predict(row))),
            () => Microseconds(() => Array.ForEach(texts, text => model.PredictJson(text))),
            () => Microseconds(() => Array.ForEach(reviews, review => engine.Predict(review))));
        return [Compare("dictionaries", medians[0]), Compare("JSON", medians[1])];

        double Microseconds(Action score) => rounds.SecondsPerCall(score) * 1e6 / reviews.Length;

        Comparison Compare(string form, double ours) => new($"{Name}, {form}", "PredictionEngine", Unit.MicrosecondsPerRow, ours, medians[2],
            Reach.AtMostMore(MostMicroseconds, Unit.MicrosecondsPerRow));
    }

    private void RequireEqual(float probability, IReadOnlyDictionary<string, object?> row)
    {
        if (row[nameof(Prediction.Probability)] is not float ours || ours != probability)
            throw new InvalidOperationException($"{Name}: the engine gives {probability}, not {row[nameof(Prediction.Probability)]}.");
    }
}
