using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The steps of a pipeline, bound one behind the other to columns that they ask for: tells what a column behind them is made of.</summary>
internal sealed class StepTrace
{
    private readonly ITransformer[] _steps;
    // The sources of all that each step makes.
    private readonly HashSet<string>[] _read;
    // What the columns of the schema are made of, in their order.
    private Origin[] _origins = [];
    // So many of the first steps may make anything: the last of them takes columns of none of the types that are tried.
    private readonly int _uncertain;

    /// <param name="steps">The steps, none of which is a chain.</param>
    internal StepTrace(IEnumerable<ITransformer> steps)
    {
        Schema = new DataViewSchema.Builder().ToSchema();
        _steps = [.. steps.Where(step => step.IsRowToRowMapper)];
        _read = [.. _steps.Select(_ => new HashSet<string>())];
        AddMissing(new TransformerChain<ITransformer>(_steps));
        for (int step = 0; step < _steps.Length; step++)
        {
            if (AddMissing(_steps[step])) Bind(step);
            else _uncertain = step + 1;
        }
    }

    /// <summary>The columns behind the steps.</summary>
    internal DataViewSchema Schema { get; private set; }

    /// <summary>The columns of the data that a column is made of: itself, if no step makes it.</summary>
    internal IReadOnlySet<string> SourcesOf(string column) => OriginOf(column).Sources;

    /// <summary>The steps, in their order, that columns are made by; where that cannot be told of one, it and all before it.</summary>
    internal IReadOnlyList<ITransformer> StepsOf(IEnumerable<string> columns) => [.. PlacesOf(columns).Select(step => _steps[step])];

    /// <summary>Whether the steps that columns are made by ask for other columns of the data as well, for what else they make.</summary>
    internal bool AskForMore(IReadOnlyCollection<string> columns)
    {
        var sources = columns.SelectMany(SourcesOf).ToHashSet();
        return PlacesOf(columns).Any(step => !_read[step].IsSubsetOf(sources));
    }

    private IEnumerable<int> PlacesOf(IEnumerable<string> columns) =>
        columns.SelectMany(column => OriginOf(column).Steps).Concat(Enumerable.Range(0, _uncertain)).Distinct().Order();

    private Origin OriginOf(string column) => Schema.GetColumnOrNull(column) is { } known ? _origins[known.Index] : Origin.Data(column);

    /// <summary>Adds the columns that a step, or all steps together, ask for; false where they are of none of the types that are tried.</summary>
    private bool AddMissing(ITransformer step)
    {
        try
        {
            var missing = MissingColumns.Of(step, Schema).Columns;
            if (missing.Count == 0) return true;
            Schema = new DefaultColumns(missing).GetOutputSchema(Schema);
            _origins = [.. _origins, .. missing.Select(column => Origin.Data(column.Name))];
            return true;
        }
        // The types of errors about columns that ML.NET's steps throw.
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Bind(int step)
    {
        var mapper = _steps[step].GetRowToRowMapper(Schema);
        _origins = [.. mapper.OutputSchema.Select(column => IsPassedOn(column, mapper) ? _origins[column.Index] : Made(column))];
        Schema = mapper.OutputSchema;

        Origin Made(DataViewSchema.Column column)
        {
            Origin[] of = [.. mapper.GetDependencies([column]).Select(needed => _origins[needed.Index])];
            var made = new Origin([.. of.SelectMany(one => one.Sources)], [.. of.SelectMany(one => one.Steps), step]);
            _read[step].UnionWith(made.Sources);
            return made;
        }
    }

    private static bool IsPassedOn(DataViewSchema.Column column, IRowToRowMapper mapper) =>
        column.Index < mapper.InputSchema.Count && mapper.InputSchema[column.Index].Name == column.Name;

    /// <summary>What a column is made of.</summary>
    /// <param name="Sources">The columns of the data.</param>
    /// <param name="Steps">The places of the steps.</param>
    private sealed record Origin(HashSet<string> Sources, HashSet<int> Steps)
    {
        internal static Origin Data(string column) => new([column], []);
    }
}
