namespace MLNet.Embeddings;

/// <summary>A model that is served, by its name: <c>client.GetGrain&lt;IEmbeddingModelGrain&gt;("reviews")</c>.</summary>
/// <remarks>
/// Each silo has it in memory once somebody has asked it, and answers calls on all its cores. Another model that <c>DeployAsync</c> puts in its place is loaded
/// beside it and takes over when it is ready for its first row; no call fails or waits for that.
/// </remarks>
public interface IEmbeddingModelGrain : IGrainWithStringKey
{
    /// <summary>Scores a row.</summary>
    /// <param name="row">
    /// The values by the names of their columns, without the label; what is left out is missing. Values are what <c>model.Predict</c> takes: numbers, texts,
    /// Booleans, dates, and arrays of such.
    /// </param>
    /// <returns>The score columns, in their order; scores of several classes as a dictionary, from the name of the class.</returns>
    /// <exception cref="ArgumentException">A value cannot be that of its column, or the row has none of the model's columns.</exception>
    /// <exception cref="InvalidOperationException">No model of this name is deployed, or this silo cannot load it.</exception>
    Task<Dictionary<string, object?>> Predict(Dictionary<string, object?> row);

    /// <summary>Scores a row that is written as a JSON object, or each of an array of such.</summary>
    /// <param name="json">The object, or the array of objects.</param>
    /// <returns>An object of the score columns, or an array of such in the same order.</returns>
    /// <exception cref="ArgumentException">The text is no JSON; a value cannot be that of its column, or an object has none of the model's columns.</exception>
    /// <exception cref="InvalidOperationException">No model of this name is deployed, or this silo cannot load it.</exception>
    Task<string> PredictJson(string json);

    /// <summary>The version of the model that this silo serves, as <c>DeployAsync</c> gave it.</summary>
    /// <exception cref="InvalidOperationException">No model of this name is deployed, or this silo cannot load it.</exception>
    Task<int> Version();
}
