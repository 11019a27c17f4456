using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>The steps of a pipeline, bound one behind the other to columns that they ask for: tells what a column behind them is made of.</summary>
internal sealed class StepTrace
{
    // Without a mapper where a step takes columns of none of the types that are tried.
    private readonly List<(ITransformer Step, IRowToRowMapper? Mapper)> _steps = [];

    /// <param name="steps">The steps, none of which is a chain.</param>
    internal StepTrace(IEnumerable<ITransformer> steps)
    {
        Schema = new DataViewSchema.Builder().ToSchema();
        ITransformer[] mapping = [.. steps.Where(step => step.IsRowToRowMapper)];
        AddMissing(new TransformerChain<ITransformer>(mapping));
        foreach (var step in mapping)
        {
            if (!AddMissing(step)) _steps.Add((step, null));
            else Bind(step);
        }
    }

    /// <summary>The columns behind the steps.</summary>
    internal DataViewSchema Schema { get; private set; }

    /// <summary>The columns of the data that a column is made of: itself, if no step makes it.</summary>
    internal IReadOnlySet<string> SourcesOf(string column) => Trace([column]).Sources;

    /// <summary>The steps, in their order, that columns are made by; where that cannot be told of one, it and all before it.</summary>
    internal IReadOnlyList<ITransformer> StepsOf(IEnumerable<string> columns) => Trace(columns).Steps;

    /// <summary>Adds the columns that a step, or all steps together, ask for; false where they are of none of the types that are tried.</summary>
    private bool AddMissing(ITransformer step)
    {
        try
        {
            var missing = MissingColumns.Of(step, Schema).Columns;
            if (missing.Count > 0) Bind(new DefaultColumns(missing));
            return true;
        }
        // The types of errors about columns that ML.NET's steps throw.
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Bind(ITransformer step)
    {
        var mapper = step.GetRowToRowMapper(Schema);
        _steps.Add((step, mapper));
        Schema = mapper.OutputSchema;
    }

    private (HashSet<string> Sources, List<ITransformer> Steps) Trace(IEnumerable<string> columns)
    {
        HashSet<string> sources = [];
        List<DataViewSchema.Column> needed = [];
        foreach (string name in columns)
        {
            if (Schema.GetColumnOrNull(name) is { } column) needed.Add(column);
            else sources.Add(name);
        }
        List<ITransformer> made = [];
        bool isUncertain = false;
        foreach (var (step, mapper) in Enumerable.Reverse(_steps))
        {
            string[] added = mapper is null ? [] : [.. needed.Where(column => !IsPassedOn(column, mapper)).Select(column => column.Name)];
            isUncertain |= mapper is null;
            if (step is DefaultColumns) sources.UnionWith(added);
            else if (isUncertain || added.Length > 0) made.Insert(0, step);
            if (mapper is not null) needed = [.. mapper.GetDependencies(needed)];
        }
        return (sources, made);
    }

    private static bool IsPassedOn(DataViewSchema.Column column, IRowToRowMapper mapper) =>
        column.Index < mapper.InputSchema.Count && mapper.InputSchema[column.Index].Name == column.Name;
}
