using System.Collections;
using System.Text.Json;
using Orleans.Concurrency;

namespace MLNet.Embeddings;

/// <inheritdoc cref="IEmbeddingModelGrain"/>
[StatelessWorker]
internal sealed class EmbeddingModelGrain(ServedModels models) : Grain, IEmbeddingModelGrain
{
    public async Task<Dictionary<string, object?>> Predict(Dictionary<string, object?> row)
    {
        var model = await models.GetAsync(this.GetPrimaryKeyString());
        return model.Predictor.Predict(row).ToDictionary(score => score.Key, score => Sent(score.Value));
    }

    public async Task<string> PredictJson(string json)
    {
        var model = await models.GetAsync(this.GetPrimaryKeyString());
        try
        {
            return JsonRows.Predict(model.Predictor, json);
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"This is no JSON: {error.Message}", nameof(json));
        }
    }

    public async Task<int> Version() => (await models.GetAsync(this.GetPrimaryKeyString())).Version;

    /// <summary>A value of a type that is sent.</summary>
    private static object? Sent(object? value)
    {
        if (value is not IDictionary named) return value;
        var sent = new Dictionary<string, object?>(named.Count);
        foreach (DictionaryEntry one in named) sent.Add((string)one.Key, one.Value);
        return sent;
    }
}
