namespace MLNet.Embeddings;

/// <summary>How good the model is, next to a baseline.</summary>
internal static class MetricsSection
{
    internal static IReadOnlyList<object?> Of(ReportSubject subject)
    {
        var metrics = ModelMetrics.Of(subject.Context, subject.Scored, subject.Names);
        var (name, baseline, note) = Baseline(subject);
        bool compares = name is not null;
        string[] headings = ["Metric", "Model", .. compares ? [name!, "Better"] : Array.Empty<string>(), "What it says"];
        var rows = metrics.Where(metric => !double.IsNaN(metric.Value)).Select(metric => Row(metric, baseline, compares));
        return [Html.Table("Metrics", headings, rows), Html.Paragraph(note)];
    }

    private static object?[] Row(Metric metric, IReadOnlyDictionary<string, double> baseline, bool compares)
    {
        double other = baseline.GetValueOrDefault(metric.Name, double.NaN);
        object?[] compared = compares ? [Number(Show.Number(other)), Verdict(metric, other)] : [];
        return [metric.Name, Number(Show.Number(metric.Value)), .. compared, Capital(metric.Meaning)];
    }

    private static object[] Number(string number) => [Html.Class("number"), number];

    private static string Verdict(Metric metric, double other) =>
        double.IsNaN(other) || metric.Value == other ? "–" : metric.Value > other != metric.IsLoss ? "Model" : "Baseline";

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

    private static (string? Name, IReadOnlyDictionary<string, double> Metrics, string Note) Baseline(ReportSubject subject)
    {
        if (subject.Options.Baseline is not { } model)
        {
            string? name = ConstantBaseline.Name(subject);
            return (name is null ? null : subject.Options.BaselineName ?? name, ConstantBaseline.Of(subject), name is null
                ? "No baseline was given, and there is no constant prediction of such a label to compare with."
                : "No baseline was given: the model is compared with a prediction that is the same for all rows, made of the test rows themselves.");
        }
        string called = subject.Options.BaselineName ?? "Baseline";
        try
        {
            var scored = model.Transform(subject.Data);
            var names = ScoreNames.Of(scored.Schema, subject.Names.Label);
            return (called, ModelMetrics.Of(subject.Context, scored, names).ToDictionary(metric => metric.Name, metric => metric.Value),
                "Both were measured on the same test rows.");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return (null, new Dictionary<string, double>(), $"The baseline '{called}' could not be measured: {e.Message}");
        }
    }
}
