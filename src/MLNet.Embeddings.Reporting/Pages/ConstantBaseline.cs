namespace MLNet.Embeddings;

/// <summary>What a prediction comes to that is the same for all rows: the frequencies of the test rows' classes, or their mean.</summary>
internal static class ConstantBaseline
{
    /// <summary>Its name on the page; null where the task has none.</summary>
    internal static string? Name(ReportSubject subject) => subject.Names.Task switch
    {
        ReportTask.Binary or ReportTask.Multiclass => $"Always '{Show.Short(MostFrequent(subject), 40)}'",
        ReportTask.Regression => "Always the mean",
        _ => null,
    };

    /// <summary>The metrics, by the names that <see cref="ModelMetrics"/> gives them.</summary>
    internal static IReadOnlyDictionary<string, double> Of(ReportSubject subject) => subject.Names.Task switch
    {
        ReportTask.Binary => Binary(subject),
        ReportTask.Multiclass => new Dictionary<string, double>
        {
            ["Accuracy"] = Largest(subject),
            ["Macro accuracy"] = 1.0 / subject.Rows.Classes.Count,
            ["Log-loss, nats"] = Entropy(subject),
        },
        ReportTask.Regression => Regression(subject),
        _ => new Dictionary<string, double>(),
    };

    private static Dictionary<string, double> Binary(ReportSubject subject)
    {
        string positive = RowJudge.TwoClasses(subject.Scored.Schema, subject.Names)[1];
        double share = Share(subject, positive);
        bool saysPositive = MostFrequent(subject) == positive;
        return new()
        {
            ["Accuracy"] = Largest(subject),
            ["Area under the ROC curve"] = 0.5,
            ["Area under precision-recall"] = share,
            ["Precision"] = saysPositive ? share : double.NaN,
            ["Recall"] = saysPositive ? 1 : 0,
            ["F1"] = saysPositive ? 2 * share / (1 + share) : 0,
            ["Log-loss, bits"] = Entropy(subject) / Math.Log(2),
        };
    }

    private static Dictionary<string, double> Regression(ReportSubject subject)
    {
        List<double> numbers = [];
        var column = subject.Scored.Schema[subject.Names.Label];
        using (var cursor = subject.Scored.GetRowCursor([column]))
        {
            var getter = cursor.GetGetter<float>(column);
            float number = 0;
            while (cursor.MoveNext())
            {
                getter(ref number);
                if (!float.IsNaN(number)) numbers.Add(number);
            }
        }
        double mean = numbers.Average();
        return new()
        {
            ["Mean absolute error"] = numbers.Average(number => Math.Abs(number - mean)),
            ["Root mean squared error"] = Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean))),
            ["R²"] = 0,
        };
    }

    private static string MostFrequent(ReportSubject subject) =>
        subject.Rows.Classes.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).First().Key;

    private static double Share(ReportSubject subject, string name) => (double)subject.Rows.Classes.GetValueOrDefault(name) / subject.Rows.Labelled;

    private static double Largest(ReportSubject subject) => Share(subject, MostFrequent(subject));

    private static double Entropy(ReportSubject subject) => -subject.Rows.Classes.Keys.Sum(name => Share(subject, name) * Math.Log(Share(subject, name)));
}
