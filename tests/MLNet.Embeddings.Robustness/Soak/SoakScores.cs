using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>A loaded model, and what one thread got of it.</summary>
internal sealed class SoakScores
{
    private const int Predictions = 200;

    private readonly MLContext _context;
    private readonly ITransformer _model;
    private readonly float[] _expected;

    private SoakScores(MLContext context, ITransformer model, float[] expected) => (_context, _model, _expected) = (context, model, expected);

    /// <summary>Loads the model that is there now.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="known">What was scored by models of earlier loads, by their seeds.</param>
    internal static SoakScores Load(string path, ConcurrentDictionary<int, SoakScores> known)
    {
        var context = new MLContext(1);
        var model = (MultiEmbeddingTransformer)context.Model.Load(path, out _);
        var first = known.GetOrAdd(model.Settings!.Seed!.Value, _ => new(context, model, Transformed(model)));
        return new(context, model, first._expected);
    }

    /// <summary>Scores by an engine of this thread, then by a transform.</summary>
    internal void Score(int thread, Findings findings)
    {
        using var engine = _context.Model.CreatePredictionEngine<Rows, Scored>(_model);
        for (int i = 0; i < Predictions; i++)
        {
            int row = (i + thread) % Rows.All.Length;
            if (!engine.Predict(Rows.All[row]).Score.Equals(_expected[row])) findings.Add("engine", $"Another score of row {row}.");
        }
        if (!Transformed(_model).AsSpan().SequenceEqual(_expected)) findings.Add("transform", "Other scores.");
        findings.Try(Predictions + Rows.All.Length);
    }

    private static float[] Transformed(ITransformer model) => [.. model.Transform(Rows.View()).GetColumn<float>("Score")];

    /// <summary>A row of text, category and number.</summary>
    internal sealed class Rows
    {
        private static readonly RandomData Data = new(new Random(1), 300);

        internal static Rows[] All { get; } = [.. new MLContext(1).Data.CreateEnumerable<Rows>(
            new MemoryView(Data.Texts("Text", 0, 12, 60), Data.Texts("Category", 1, 1, 9), Data.Numbers("Number", 0, 0.1), Data.Booleans("Label")), false)];

        public string Text { get; set; } = "";

        public string Category { get; set; } = "";

        public float Number { get; set; }

        public bool Label { get; set; }

        internal static IDataView View() => new MLContext(1).Data.LoadFromEnumerable(All);
    }

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
