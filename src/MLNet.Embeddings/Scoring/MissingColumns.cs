using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embeddings;

/// <summary>Columns that steps of a model ask for and a schema lacks, of types that the steps take.</summary>
/// <remarks>
/// ML.NET's steps say in words only which column they miss, and which type does not suit them. So all missing columns begin with one type, and where a step
/// refuses a column, the missing one that it is made of takes the next type, until all steps are content; else all begin with the next. Some steps refuse a
/// type only when they are to read it. What <see cref="MultiEmbeddingTransformer"/> reads is known (<see cref="ModelInput"/>).
/// </remarks>
internal sealed partial class MissingColumns
{
    /// <summary>The types that are tried, those first that lose least of what a value may be.</summary>
    private static readonly DataViewType[] Types =
    [
        TextDataViewType.Instance, NumberDataViewType.Double, NumberDataViewType.Single, BooleanDataViewType.Instance, NumberDataViewType.Int32,
        NumberDataViewType.Int64, NumberDataViewType.Byte, NumberDataViewType.SByte, NumberDataViewType.Int16, NumberDataViewType.UInt16,
        NumberDataViewType.UInt32, NumberDataViewType.UInt64, DateTimeDataViewType.Instance, DateTimeOffsetDataViewType.Instance, TimeSpanDataViewType.Instance,
        new KeyDataViewType(typeof(uint), 1), new VectorDataViewType(TextDataViewType.Instance), new VectorDataViewType(NumberDataViewType.Double),
        new VectorDataViewType(NumberDataViewType.Single), new VectorDataViewType(new KeyDataViewType(typeof(uint), 1)),
    ];

    /// <summary>The same for what ML.NET converts: its parser makes no number of the text true.</summary>
    private static readonly DataViewType[] TypesToConvert = [.. Types[1..], Types[0]];

    private readonly ITransformer _model;
    private readonly ITransformer[] _steps;
    private readonly DataViewSchema _input;
    private readonly List<MissingColumn> _missing = [];
    private readonly Dictionary<string, ExceptionDispatchInfo> _errors = [];

    private MissingColumns(ITransformer model, DataViewSchema input) => (_model, _steps, _input) = (model, [.. model.Steps()], input);

    /// <summary>The columns.</summary>
    internal IReadOnlyList<DataViewSchema.DetachedColumn> Columns => [.. _missing.Select(column => column.Detach())];

    /// <summary>Whether an error says that a step misses a column.</summary>
    internal static bool IsMissing(Exception error) => MissingName().IsMatch(error.Message);

    /// <summary>Finds the columns, whether scores depend on them or not.</summary>
    /// <param name="model">The model, which maps rows.</param>
    /// <param name="input">The columns that there are.</param>
    /// <exception cref="Exception">A column would have to be of a type that is not tried: the step's own error.</exception>
    internal static MissingColumns Of(ITransformer model, DataViewSchema input)
    {
        ExceptionDispatchInfo? error = null;
        var columns = new MissingColumns(model, input);
        for (int place = 0; place < Types.Length; place++)
        {
            if (columns.Search(place) is { } failed) error ??= failed;
            else return place == 0 ? columns : columns.Widened();
        }
        error!.Throw();
        throw new UnreachableException();
    }

    /// <summary>The model behind a step that adds the missing columns, and before one that takes away what is made of them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The columns of the data.</param>
    /// <returns>Null where it makes neither scores nor vectors of features.</returns>
    /// <exception cref="Exception">
    /// A score, or a vector of features, depends on a missing column, or it would have to be of a type that is not tried: the step's own error.
    /// </exception>
    internal static ITransformer? Complete(ITransformer model, DataViewSchema input)
    {
        var missing = Of(model, input);
        var added = new DefaultColumns(missing.Columns);
        var completed = new TransformerChain<ITransformer>(added, model);
        var mapper = model.GetRowToRowMapper(added.GetOutputSchema(input));
        var scores = mapper.OutputSchema.Where(column => ScoreColumn.IsScore(column) || FeaturesColumn.IsOne(column))
            .Select(column => column.Name).ToHashSet();
        if (scores.Count == 0) return null;
        List<string> kept = [];
        foreach (var column in mapper.OutputSchema.Where(column => !column.IsHidden))
        {
            var lacking = mapper.GetDependencies([column]).Where(needed => needed.Index >= input.Count).ToArray();
            if (lacking.Length == 0) kept.Add(column.Name);
            else if (scores.Contains(column.Name)) missing._errors[lacking[0].Name].Throw();
        }
        return completed.Append(new MLContext().Transforms.SelectColumns([.. kept]).Fit(completed.Transform(new NoRows(input))));
    }

    /// <summary>Adds columns and changes their types until all steps are content; gives the error where they never are.</summary>
    /// <param name="place">Which of the types columns begin with.</param>
    private ExceptionDispatchInfo? Search(int place)
    {
        foreach (var column in _missing) column.Begin(place);
        while (FirstRefusal() is { } refusal)
        {
            if (AddMissing(refusal, place)) continue;
            if (Refused(refusal) is not { } refused) return ExceptionDispatchInfo.Capture(refusal.Error);
            if (!refused.Next(Expected(refused.Name, refusal.Error.Message))) return _errors[refused.Name];
        }
        return null;
    }

    /// <summary>Adds all columns that a step misses, of which it names one at a time; false where it misses none.</summary>
    private bool AddMissing(Refusal refusal, int place)
    {
        int before = _missing.Count;
        for (Exception? error = refusal.Error; error is not null && NewName(error) is { } name; error = RefusalOf(refusal, _missing[before..]))
        {
            MissingColumn[] found = [.. MissingFrom(refusal, name)];
            if (found.Length == 0) break;
            foreach (var column in found)
            {
                column.Begin(place);
                _missing.Add(column);
                _errors.Add(column.Name, ExceptionDispatchInfo.Capture(error));
            }
        }
        return _missing.Count > before;
    }

    private string? NewName(Exception error) =>
        MissingName().Match(error.Message) is { Success: true } match && match.Groups["name"].Value is { Length: > 0 } name && !_errors.ContainsKey(name)
            ? name
            : null;

    /// <summary>What the step that is not content says with more columns; null if it is.</summary>
    private Exception? RefusalOf(Refusal refusal, List<MissingColumn> added)
    {
        try
        {
            _steps[refusal.Step].GetOutputSchema(new DefaultColumns([.. added.Select(column => column.Detach())]).GetOutputSchema(refusal.Schema));
            return null;
        }
        catch (Exception error)
        {
            return error.GetBaseException();
        }
    }

    /// <summary>The column that a step misses, or all those that one of our models does.</summary>
    private IEnumerable<MissingColumn> MissingFrom(Refusal refusal, string name) => _steps[refusal.Step] switch
    {
        MultiEmbeddingTransformer own => ModelInput.Of(own)
            .Where(input => refusal.Schema.GetColumnOrNull(input.Name) is null && !_errors.ContainsKey(input.Name))
            .Select(input => new MissingColumn(input.Name, [input.Type, .. Types]) { IsKnown = true }),
        TypeConvertingTransformer => [new(name, TypesToConvert)],
        ColumnConcatenatingTransformer joining => [new(name, Types) { Joining = joining }],
        _ => [new(name, Types)],
    };

    /// <summary>The same with each column of the earliest type with which the steps are content as well.</summary>
    private MissingColumns Widened()
    {
        // Of what a step joins, only vectors can be of another type than the rest.
        foreach (var alike in _missing.GroupBy(column => (column.Type is VectorDataViewType ? column : column.Joining ?? (object)column, column.Type)))
            Widen([.. alike]);
        return this;
    }

    /// <summary>Gives columns the first type that is possible of those before their own.</summary>
    private void Widen(MissingColumn[] alike)
    {
        var found = alike[0].Type;
        foreach (var type in alike[0].Types.TakeWhile(type => type != found))
        {
            foreach (var column in alike) column.Type = type;
            if (FirstRefusal() is null) return;
        }
        foreach (var column in alike) column.Type = found;
    }

    /// <summary>What the first step that is not content says of the schema before it; null if all are.</summary>
    private Refusal? FirstRefusal()
    {
        var schema = new DefaultColumns(Columns).GetOutputSchema(_input);
        for (int step = 0; step < _steps.Length; step++)
        {
            try
            {
                schema = _steps[step].GetOutputSchema(schema);
            }
            catch (Exception error) when (_model.IsRowToRowMapper)
            {
                return new Refusal(step, schema, error.GetBaseException());
            }
        }
        return _model.IsRowToRowMapper ? RefusalToRead() : null;
    }

    /// <summary>What is said when the scores are to be read, where they depend on missing columns.</summary>
    private Refusal? RefusalToRead()
    {
        var schema = new DefaultColumns(Columns).GetOutputSchema(_input);
        var mapper = _model.GetRowToRowMapper(schema);
        var scores = ScoreColumn.LatestOf(mapper.OutputSchema);
        if (mapper.GetDependencies(scores).All(column => column.Index < _input.Count)) return null;
        try
        {
            mapper.GetRow(new DefaultRow(schema), scores).Dispose();
            return null;
        }
        catch (Exception error)
        {
            return new Refusal(0, schema, error.GetBaseException());
        }
    }

    /// <summary>The missing column that the refused one is made of; the latest where that cannot be told, null where it is made of several.</summary>
    private MissingColumn? Refused(Refusal refusal)
    {
        var column = Quoted().Matches(refusal.Error.Message)
            .Select(match => refusal.Schema.GetColumnOrNull(match.Groups["name"].Value)).FirstOrDefault(found => found is not null);
        if (column is not { } named) return _missing.LastOrDefault();
        ITransformer before = new TransformerChain<ITransformer>([new DefaultColumns([]), .. _steps[..refusal.Step]]);
        var sources = before.GetRowToRowMapper(new DefaultColumns(Columns).GetOutputSchema(_input)).GetDependencies([named]);
        MissingColumn[] missing = [.. sources.Where(source => source.Index >= _input.Count).Select(source => _missing[source.Index - _input.Count])];
        return missing switch
        {
            [] => _missing.LastOrDefault(),
            [var only] => only,
            _ => null,
        };
    }

    /// <summary>The type that a step asks for, if it is one of those that are tried, or a vector of a known size.</summary>
    private static DataViewType? Expected(string name, string message)
    {
        string text = ExpectedType().Match(message) is { Success: true } found && found.Groups["name"].Value == name ? found.Groups["type"].Value : "";
        if (Types.FirstOrDefault(type => type.ToString() == text) is { } known) return known;
        var vector = KnownSize().Match(text);
        if (!vector.Success || !int.TryParse(vector.Groups["size"].Value, CultureInfo.InvariantCulture, out int size)) return null;
        var itemType = Types.OfType<PrimitiveDataViewType>().FirstOrDefault(type => type.ToString() == vector.Groups["item"].Value);
        return itemType is null ? null : new VectorDataViewType(itemType, size);
    }

    [GeneratedRegex("^Could not find .*?column '(?<name>.*?)'|^Column (?<name>.*) does not exist in the input schema")]
    private static partial Regex MissingName();

    [GeneratedRegex("'(?<name>.*?)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("column '(?<name>.*?)': expected (?<type>.*?), got ")]
    private static partial Regex ExpectedType();

    [GeneratedRegex(@"^Vector<(?<item>\w+), (?<size>\d+)>$")]
    private static partial Regex KnownSize();

    /// <summary>What a step is not content with.</summary>
    /// <param name="Step">Its place.</param>
    /// <param name="Schema">The schema before it.</param>
    /// <param name="Error">What it says.</param>
    private sealed record Refusal(int Step, DataViewSchema Schema, Exception Error);

    /// <summary>A missing column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="types">The types to be tried, in this order.</param>
    private sealed class MissingColumn(string name, DataViewType[] types)
    {
        private readonly HashSet<DataViewType> _tried = [];

        internal string Name => name;

        internal IReadOnlyList<DataViewType> Types => types;

        /// <summary>The type that it has now.</summary>
        internal DataViewType Type { get; set; } = types[0];

        /// <summary>Whether its type is known: it begins with the first.</summary>
        internal bool IsKnown { get; init; }

        /// <summary>The step that joins it with others to one vector; null for none.</summary>
        internal ColumnConcatenatingTransformer? Joining { get; init; }

        /// <summary>Takes one of the types, none of the others being tried yet.</summary>
        /// <param name="place">Which of them.</param>
        internal void Begin(int place)
        {
            Type = types[IsKnown ? 0 : place];
            _tried.Clear();
            _tried.Add(Type);
        }

        /// <summary>Takes the type that is asked for, or the next; false where none is left.</summary>
        internal bool Next(DataViewType? expected)
        {
            if (expected is null || !_tried.Add(expected)) expected = types.FirstOrDefault(_tried.Add);
            if (expected is null) return false;
            Type = expected;
            return true;
        }

        internal DataViewSchema.DetachedColumn Detach()
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            if (Type is KeyDataViewType { Count: 1 }) ClassCodec.Of(ClassKind.String).Add(annotations, KeyTerms.KeyValues, [""]);
            return new DataViewSchema.DetachedColumn(name, Type, annotations.ToAnnotations());
        }
    }
}
