using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>What is decided of a table before a model is trained on it.</summary>
/// <param name="Table">What was found in the file.</param>
/// <param name="Options">How it is read.</param>
/// <param name="Label">Name of the label.</param>
/// <param name="Labels">The values of the label.</param>
/// <param name="Task">What is predicted.</param>
/// <param name="Positive">The positive one of two values; null for other tasks.</param>
/// <param name="Columns">The columns that are read, in the order of the table.</param>
internal sealed record TrainingPlan(
    TableDescription Table, TableOptions Options, string Label, LabelTally Labels, PredictionTask Task, string? Positive, IReadOnlyList<InputColumn> Columns)
{
    /// <summary>Numbers of more different values are measured, not classes.</summary>
    private const int MostNumberClasses = 20;

    /// <summary>The label for a trainer.</summary>
    internal LabelColumn LabelColumn => Task switch
    {
        PredictionTask.Binary => MLNet.Embeddings.LabelColumn.Binary(Label) with { PositiveLabel = IsPlainBoolean ? null : Positive },
        PredictionTask.Multiclass => MLNet.Embeddings.LabelColumn.Multiclass(Label),
        _ => MLNet.Embeddings.LabelColumn.Regression(Label),
    };

    /// <summary>Whether it is plain which value is positive, so that nobody need be told.</summary>
    internal bool IsPositivePlain { get; private init; }

    /// <summary>Whether true and false mean what they say, so that they are predicted as such.</summary>
    private bool IsPlainBoolean => Options.Types[Label] == DataKind.Boolean && Positive == bool.TrueString;

    /// <summary>The format of a column's dates that are text; null for others.</summary>
    internal string? DateFormatOf(string column) => Table.Columns.First(found => found.Name == column).DateFormat;

    /// <summary>The view of a file that is read as the table was.</summary>
    internal IDataView Load(MLContext mlContext, string path) => mlContext.Data.LoadTable(path, Options);

    /// <summary>Looks at a table and decides.</summary>
    /// <exception cref="UserException">A column is not there, or the label cannot be learned.</exception>
    internal static TrainingPlan Make(MLContext mlContext, TableDescription table, PlanRequest request)
    {
        Suggestion.Require(request.Label, [.. table.Columns.Select(column => column.Name)], Path.GetFileName(table.Path));
        ReservedNames.RequireOther(request.Label);
        var kinds = request.KindsIn(table);
        if (kinds.Kinds.ContainsKey(request.Label) || kinds.Ignored.Contains(request.Label))
            throw new UserException($"'{request.Label}' is the label; it cannot be read as a column too, or be ignored.");

        var options = table.Options with { Types = Types(table, kinds, request) };
        var view = mlContext.Data.LoadTable(table.Path, options);
        bool isMeasured = request.Task == PredictionTask.Regression || request.Task is null && IsNumber(options.Types[request.Label]);
        var labels = LabelTally.Of(view, request.Label, isMeasured ? MostNumberClasses + 1 : int.MaxValue);
        var task = request.Task ?? TaskOf(request.Label, labels, options.Types[request.Label]);
        CheckClasses(request.Label, labels, task);
        var (positive, isPlain) = PositiveOf(request, labels, task);

        var suggested = mlContext.Data.SuggestColumns(view, [request.Label, .. kinds.Ignored, .. kinds.Kinds.Keys]).ToDictionary(column => column.Name);
        var columns = table.Columns.Select(column =>
            kinds.Kinds.ContainsKey(column.Name) ? kinds.Of(column.Name) : suggested.GetValueOrDefault(column.Name)).OfType<InputColumn>().ToArray();
        if (columns.Length == 0) throw new UserException($"{Path.GetFileName(table.Path)} has no column to predict '{request.Label}' from.");
        return new TrainingPlan(table, options, request.Label, labels, task, positive, columns) { IsPositivePlain = isPlain };
    }

    /// <summary>The types of the columns, by the kinds that were named: texts and dates are read as text, unless they are dates already.</summary>
    private static Dictionary<string, DataKind> Types(TableDescription table, ColumnKinds kinds, PlanRequest request) =>
        table.Columns.ToDictionary(column => column.Name, column => (kinds.Kinds.GetValueOrDefault(column.Name), column.Type) switch
        {
            (ColumnKinds.Text, _) => DataKind.String,
            (ColumnKinds.Category, DataKind.DateTime or DataKind.TimeSpan) => DataKind.String,
            (ColumnKinds.Date, not (DataKind.DateTime or DataKind.TimeSpan)) => DataKind.String,
            (ColumnKinds.Number, DataKind.String or DataKind.DateTime) => DataKind.Double,
            (_, DataKind.DateTime) when column.Name == request.Label => DataKind.String,
            (_, DataKind.String) when column.Name == request.Label && request.Task == PredictionTask.Regression => DataKind.Double,
            (_, var type) => type,
        });

    private static bool IsNumber(DataKind type) => type is DataKind.Single or DataKind.Double or DataKind.Int64;

    private static PredictionTask TaskOf(string label, LabelTally labels, DataKind type)
    {
        int values = labels.Counts.Count;
        if (values == 2) return PredictionTask.Binary;
        bool isNumber = IsNumber(type);
        if (isNumber && values > MostNumberClasses) return PredictionTask.Regression;
        if (!isNumber && values > 50 && values > labels.Rows / 2)
        {
            throw new UserException(
                $"The label '{label}' has {values:N0} different texts in {labels.Rows:N0} rows, which cannot be learned as classes. Name another column by " +
                "--label.");
        }
        return PredictionTask.Multiclass;
    }

    private static void CheckClasses(string label, LabelTally labels, PredictionTask task)
    {
        var counts = labels.Counts;
        if (counts.Count == 0) throw new UserException($"The label '{label}' is missing in all {labels.Rows:N0} rows.");
        if (counts.Count == 1)
            throw new UserException($"The label '{label}' is '{counts[0].Value}' in all rows that have one; there is nothing to learn to tell apart.");
        if (task == PredictionTask.Binary && counts.Count > 2)
        {
            string some = string.Join(", ", counts.Take(3).Select(count => $"'{count.Value}'"));
            throw new UserException(
                $"The label '{label}' has {counts.Count:N0} different values, {some} and more; --task binary needs two. Use --task multiclass.");
        }
    }

    /// <summary>The positive value: as it is given, or plain, or the rarer one.</summary>
    private static (string? Value, bool IsPlain) PositiveOf(PlanRequest request, LabelTally labels, PredictionTask task)
    {
        if (task != PredictionTask.Binary)
            return request.Positive is null ? (null, true) : throw new UserException("--positive is for labels of two values.");
        var counts = labels.Counts;
        string[] values = [.. counts.Select(count => count.Value)];
        if (request.Positive is { } given)
        {
            return values.Contains(given) ? (given, true)
                : throw new UserException($"--positive is '{given}', but the label '{request.Label}' is '{values[0]}' or '{values[1]}'.");
        }
        try
        {
            return (TwoClasses.Order(MLNet.Embeddings.LabelColumn.Binary(request.Label), values)[1], true);
        }
        catch (InvalidOperationException)
        {
            return (counts.MinBy(count => count.Rows).Value, false);
        }
    }
}
