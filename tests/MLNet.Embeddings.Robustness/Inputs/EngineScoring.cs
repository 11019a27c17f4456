using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Scores rows one by one with a prediction engine over rows of a class that is made for the type of the tested column.</summary>
/// <param name="context">The context.</param>
/// <param name="model">The model.</param>
/// <param name="output">The schema of what it scores.</param>
/// <param name="leavesOut">Whether the class lacks the tested column.</param>
internal sealed class EngineScoring(MLContext context, ITransformer model, DataViewSchema output, bool leavesOut)
{
    private const string SetScore = $"{InputKind.Tested}.Score";

    /// <summary>What is wrong with a score; null if nothing.</summary>
    internal string? Problem { get; private set; }

    internal void Predict<T>(MemoryColumn<T> column)
    {
        var definition = SchemaDefinition.Create(typeof(EngineRow<T>));
        definition[nameof(EngineRow<T>.Tested)].ColumnType = column.Type;
        if (leavesOut) definition.Remove(definition[nameof(EngineRow<T>.Tested)]);
        if (output.GetColumnOrNull(InputKind.Output) is not null) Predict<T, TextResult>(column, definition, result => result.Output is not null);
        else if (output.GetColumnOrNull(SetScore) is not null)
            Predict<T, SetResult>(column, definition, result => ScoreCheck.AreFinite(result.Score.GetValues()));
        else if (output["Score"].Type is VectorDataViewType)
            Predict<T, VectorResult>(column, definition, result => ScoreCheck.AreFinite(result.Score.GetValues()));
        else Predict<T, ScalarResult>(column, definition, result => float.IsFinite(result.Score));
    }

    private void Predict<T, TResult>(MemoryColumn<T> column, SchemaDefinition definition, Predicate<TResult> isSound) where TResult : class, new()
    {
        using var engine = context.Model.CreatePredictionEngine<EngineRow<T>, TResult>(model, inputSchemaDefinition: definition);
        foreach (var (i, value) in column.Values.Index())
        {
            if (!isSound(engine.Predict(new() { Tested = value }))) Problem ??= $"The score of row {i} is not finite.";
        }
    }

    private sealed class EngineRow<T>
    {
        public T Tested = default!;

        public float Number = 1;

        public string Text = "a red coat";
    }

    private sealed class ScalarResult
    {
        public float Score { get; set; }
    }

    private sealed class VectorResult
    {
        public VBuffer<float> Score { get; set; }
    }

    private sealed class SetResult
    {
        [ColumnName(SetScore)]
        public VBuffer<float> Score { get; set; }
    }

    private sealed class TextResult
    {
        public string Output { get; set; } = "";
    }
}
