using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>Each kind of column with each fault, in training, validation and scoring, by views, frames and engines.</summary>
internal static class InputHunt
{
    internal static Findings Run()
    {
        var findings = new Findings("cells");
        Parallel.ForEach(InputKind.All(), kind => new KindHunt(kind, findings).Run());
        return findings;
    }
}

/// <summary>One kind of column.</summary>
internal sealed class KindHunt(InputKind kind, Findings findings)
{
    private readonly MLContext _context = new(1);
    private readonly MemoryView _sound = View(kind.Values.Column(InputKind.Tested));

    internal void Run()
    {
        ITransformer? model = null;
        findings.Try($"{kind.Name}, sound", () => ScoreCheck.Problem((model = Fit(_sound, _sound)).Transform(_sound)));
        if (model is null) return;
        foreach (var fault in Enum.GetValues<Fault>())
        {
            if (kind.Values.Column(InputKind.Tested, fault) is not { } column) continue;
            var view = View(column);
            Training("view", fault, view);
            Scoring("view", fault, () => ScoreCheck.Problem(model.Transform(view)));
            if (Frame(view) is { } frame)
            {
                Training("frame", fault, frame);
                Scoring("frame", fault, () => FrameProblem(model.Score(frame)));
            }
            if (fault is not (Fault.NoRows or Fault.WrongType)) Scoring("engine", fault, () => EngineProblem(model, column, fault));
        }
    }

    /// <summary>A view of a tested column, with others that nothing is wrong with.</summary>
    private static MemoryView View(MemoryColumn tested)
    {
        T[] Column<T>(ValueKind<T> kind) => [.. Enumerable.Range(0, tested.Count).Select(kind.Sound)];
        return new(tested, MemoryColumn.Of(InputKind.Number, Typed.Singles.Type, Column(Typed.Singles)),
            MemoryColumn.Of(InputKind.Label, Typed.Booleans.Type, Column(Typed.Booleans)), MemoryColumn.Of("Text", Typed.Texts.Type, Column(Typed.Texts)));
    }

    private static DataFrame? Frame(MemoryView view)
    {
        var columns = view.Columns.Select(column => column.InFrame()).ToArray();
        return columns.Contains(null) ? null : new DataFrame(columns!);
    }

    private void Training(string way, Fault fault, IDataView view)
    {
        Try($"training by a {way}", fault, isFit: true, () => ScoreCheck.Problem(Fit(view, null).Transform(_sound)));
        Try($"validation by a {way}", fault, isFit: true, () => ScoreCheck.Problem(Fit(_sound, view).Transform(_sound)));
    }

    private void Scoring(string way, Fault fault, Func<string?> problem) => Try($"scoring by a {way}", fault, isFit: false, problem);

    private void Try(string stage, Fault fault, bool isFit, Func<string?> problem) => findings.Try($"{kind.Name}, {stage}, {fault}", () =>
    {
        try
        {
            return problem();
        }
        catch (Exception e) when (isFit || kind.IsNeededToScore)
        {
            // That there are no rows is no column's fault, nor that there is one.
            string[] column = fault is Fault.NoRows or Fault.OneRow ? [] : [$"'{InputKind.Tested}'"];
            return NamedError.Fault(e, stage.StartsWith("validation", StringComparison.Ordinal) ? [.. column, "validation data"] : column);
        }
    });

    private ITransformer Fit(IDataView training, IDataView? validation) => kind.TrainerIn(_context).Fit(training, validation);

    private string? EngineProblem(ITransformer model, MemoryColumn column, Fault fault)
    {
        var engine = new EngineScoring(_context, model, model.GetOutputSchema(_sound.Schema), leavesOut: fault == Fault.MissingColumn);
        column.Predict(engine);
        return engine.Problem;
    }

    private static string? FrameProblem(DataFrame scored)
    {
        foreach (var column in scored.Columns.OfType<PrimitiveDataFrameColumn<float>>().Where(column => column.Name is "Score" or "Probability"))
        {
            if (column.Any(score => score is not { } given || !float.IsFinite(given))) return $"A {column.Name} of the frame is not finite.";
        }
        return null;
    }
}
