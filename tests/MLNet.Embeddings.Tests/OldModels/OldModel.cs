using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Rows, and what the version that trained the model gave for them.</summary>
/// <remarks>A model <c>NAME.zip</c> lies beside its <c>NAME.json</c>.</remarks>
internal sealed class OldModel<TRow, TScore> where TRow : class where TScore : class, new()
{
    private static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private string _name = "";

    public TRow[] Rows { get; set; } = [];

    public TScore[] Scores { get; set; } = [];

    internal static OldModel<TRow, TScore> Load(string name)
    {
        var model = JsonSerializer.Deserialize<OldModel<TRow, TScore>>(File.ReadAllText(PathOf($"{name}.json")), Options)!;
        model._name = name;
        return model;
    }

    /// <summary>Loads the model, scores the rows one by one and together, and compares each with what was given.</summary>
    internal void AssertScores(Action<TScore, TScore> compare)
    {
        var mlContext = new MLContext();
        var model = mlContext.Model.Load(PathOf($"{_name}.zip"), out _);
        using var engine = mlContext.Model.CreatePredictionEngine<TRow, TScore>(model);
        var together = mlContext.Data.CreateEnumerable<TScore>(model.Transform(mlContext.Data.LoadFromEnumerable(Rows)), reuseRowObject: false).ToArray();

        Assert.HasCount(Rows.Length, together);
        foreach (var (row, expected, score) in Rows.Zip(Scores, together))
        {
            compare(expected, score);
            compare(expected, engine.Predict(row));
        }
    }

    private static string PathOf(string file) => Repository.Path($"tests/MLNet.Embeddings.Tests/OldModels/{file}");
}
