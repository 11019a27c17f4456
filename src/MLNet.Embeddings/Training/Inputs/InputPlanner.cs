using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Fits what makes keys of raw columns, and says what is read behind it.</summary>
/// <param name="environment">The context.</param>
/// <param name="columns">The columns as the options name them.</param>
/// <param name="reads">What the wide part reads of them.</param>
/// <param name="passes">The passes over the rows.</param>
/// <param name="previous">The steps of an earlier model, whose vocabularies grow; empty for none.</param>
/// <param name="log">Takes messages.</param>
/// <param name="costs">What the passes cost.</param>
/// <param name="indexing">Takes how far they are.</param>
/// <param name="cancellation">Ends the fit.</param>
internal sealed class InputPlanner(
    IHostEnvironment environment, IReadOnlyList<InputColumn> columns, WideReadings reads, FitPasses passes,
    IReadOnlyList<RowMappingTransformer> previous, FitLog log, FitCosts costs, FitProgress.Part indexing, CancellationToken cancellation)
{
    private readonly List<RowMappingTransformer> _steps = [];
    private readonly List<InputColumn> _columns = [], _wide = [];
    private readonly HashSet<string> _indexed = [];

    /// <summary>Fits the steps.</summary>
    /// <param name="data">A view of the columns, of which the schema counts.</param>
    internal InputPlan Plan(IDataView data)
    {
        foreach (var column in columns) Plan(column, data);
        indexing.Finish();
        return new InputPlan(_steps, _columns, reads.IsWanted ? _wide : []);
    }

    private void Plan(InputColumn column, IDataView data)
    {
        switch (column)
        {
            case TextColumn text: PlanText(text, data); break;
            case DateColumn date: PlanDate(date, data); break;
            case CategoryColumn category: PlanValues("category", category, data); break;
            case BagColumn bag: PlanValues("bag", bag, data); break;
            case SequenceColumn sequence: Read(sequence, sequence); break;
            case NumberColumn number: Read(number, reads.Number(number.Name)); break;
            default: throw new UnreachableException(column.ToString());
        }
    }

    private void PlanText(TextColumn text, IDataView data)
    {
        string words = RawNames.Words(text.Name);
        IndexTokens(data, text, words, SharedTables.TokensOf(text, columns) ?? new());
        _columns.Add(new SequenceColumn(words)
        {
            Dimensions = text.Dimensions,
            Table = text.Table,
            Vectors = text.Vectors,
            Encoder = text.Encoder ?? SequenceEncoder.Gru(),
        });
        foreach (var (i, reading) in (text.Readings ?? []).Index())
        {
            string name = RawNames.Reading(text.Name, i);
            IndexTokens(data, text, name, reading.Tokens);
            _columns.Add(new BagColumn(name) { Dimensions = reading.Dimensions });
        }
        if (!reads.IsWanted) return;
        foreach (var (name, options) in new[] { (RawNames.WideWords(text.Name), reads.Words), (RawNames.WideCharacters(text.Name), reads.Characters) })
        {
            if (options is null) continue;
            IndexTokens(data, text, name, options);
            _wide.Add(new BagColumn(name));
        }
    }

    private void PlanDate(DateColumn date, IDataView data)
    {
        var step = previous.OfType<DatePartsTransformer>().FirstOrDefault(one => one.Shape.InputColumnName == date.Name)
            ?? new DatePartsTransformer(passes.Dates(date.Name, Pass(date.Name, 2 * FitCosts.Values)).Learn());
        _steps.Add(step.With(log));
        Read(InputColumn.Number(step.Shape.TimeColumn), reads.Number(step.Shape.TimeColumn));
        foreach (var part in step.Shape.Parts)
        {
            var column = InputColumn.Category(step.Shape.PartColumn(part));
            Read(column, column);
        }
    }

    /// <summary>A category or a bag, of keys or of raw values.</summary>
    private void PlanValues(string role, EmbeddingColumn column, IDataView data)
    {
        bool isKey = InputType.Of(data.Schema.Find(role, column.Name)).IsKey;
        if (!isKey) IndexCategories(data, column);
        var keys = isKey ? column : column with { Name = RawNames.Keys(column.Name) };
        Read(keys, keys);
    }

    private void Read(InputColumn column, InputColumn wide)
    {
        _columns.Add(column);
        _wide.Add(wide);
    }

    /// <summary>Indexes texts; those of all columns that share the table together, with the first of them.</summary>
    private void IndexTokens(IDataView data, TextColumn text, string output, TokenIndexingOptions options)
    {
        if (!_indexed.Add(output)) return;
        IndexedColumn[] indexed = text.Table is null || output != RawNames.Words(text.Name)
            ? [new(output, text.Name)]
            : [.. columns.OfType<TextColumn>().Where(one => one.Table == text.Table).Select(one => new IndexedColumn(RawNames.Words(one.Name), one.Name))];
        foreach (var one in indexed) _indexed.Add(one.OutputColumnName);
        var estimator = new TokenIndexingEstimator(environment, indexed, options);
        var known = previous.OfType<TokenIndexingTransformer>().FirstOrDefault(step => step.Shape.Columns.Any(one => one.OutputColumnName == output));
        _steps.Add(estimator.Fit(data, known, request => passes.Count(request, Pass(text.Name, costs.Text(text.Name, options))), log));
    }

    /// <summary>Indexes values; those of all columns that share the table together, with the first of them.</summary>
    private void IndexCategories(IDataView data, EmbeddingColumn column)
    {
        string output = RawNames.Keys(column.Name);
        if (!_indexed.Add(output)) return;
        var together = column.Table is null
            ? [column]
            : columns.OfType<EmbeddingColumn>().Where(one => one is CategoryColumn or BagColumn && one.Table == column.Table);
        IndexedColumn[] indexed = [.. together.Select(one => new IndexedColumn(RawNames.Keys(one.Name), one.Name))];
        foreach (var one in indexed) _indexed.Add(one.OutputColumnName);
        var estimator = new CategoryIndexingEstimator(environment, indexed, new());
        var known = previous.OfType<CategoryIndexingTransformer>().FirstOrDefault(step => step.Shape.Columns.Any(one => one.OutputColumnName == output));
        _steps.Add(estimator.Fit(data, known, request => passes.Count(request, Pass(column.Name, FitCosts.Values))));
    }

    private RowPass Pass(string column, double cost) => indexing.Pass(column, cost / costs.Indexing, cancellation);
}
