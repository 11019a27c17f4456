using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Scores rows that are given as names and values, by a model that is bound once to the columns that it asks for.</summary>
/// <remarks>Any number of threads may use one: each call takes a row's memory of its own, which goes back to be used again.</remarks>
internal sealed class RowPredictor : IRowPredictor
{
    private static readonly ConditionalWeakTable<ITransformer, RowPredictor> Known = [];

    private readonly IRowToRowMapper _mapper;
    private readonly DataViewSchema.Column[] _inputs, _scores;
    private readonly string?[] _dateFormats;
    private readonly RowNames _names;
    private readonly ConcurrentBag<RowSession> _idle = [];

    private RowPredictor(ITransformer model)
    {
        if (!model.IsRowToRowMapper) throw new ArgumentException(
            "The model does not make a row of each row, so it cannot score one by itself. Use Transform.", nameof(model));
        var none = new DataViewSchema.Builder().ToSchema();
        _mapper = model.GetRowToRowMapper(new DefaultColumns(MissingColumns.Of(model, none).Columns).GetOutputSchema(none));
        _scores = ScoreColumn.LatestOf(_mapper.OutputSchema);
        if (_scores.Length == 0) throw new ArgumentException(
            "The model makes no score columns; Predict needs a model that ends in a trainer. Use Transform for other models.", nameof(model));
        // Steps ask for a label as well, on which no score depends.
        _inputs = [.. _mapper.GetDependencies(_scores)];
        _names = new RowNames([.. _inputs.Select(column => column.Name)]);
        var formats = model.Steps().OfType<MultiEmbeddingTransformer>().SelectMany(ModelInput.Of)
            .ToLookup(input => input.Name, input => input.DateFormat);
        _dateFormats = Array.ConvertAll(_inputs, column => formats[column.Name].OfType<string>().FirstOrDefault());
        var terms = TermsOf(model);
        Columns = [.. _inputs.Zip(_dateFormats, (column, format) => new RowColumn(
            column.Name, KindOf(column, format, terms), column.Type is VectorDataViewType, terms.GetValueOrDefault(column.Name) ?? []))];
    }

    /// <summary>The columns that scores depend on.</summary>
    internal IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The one of a model: what it has found out serves whoever asks next.</summary>
    /// <exception cref="ArgumentException">The model makes no scores, or not of single rows.</exception>
    internal static RowPredictor Of(ITransformer model) =>
        Known.GetValue(model is ScoringTransformer scoring ? scoring.Model : model, one => new RowPredictor(one));

    /// <inheritdoc/>
    public bool Reads(string name) => _names.PlaceOf(name) is not null;

    /// <inheritdoc/>
    public OrderedDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row)
    {
        if (!_idle.TryTake(out var session)) session = Open();
        try
        {
            return session.Predict(row);
        }
        finally
        {
            _idle.Add(session);
        }
    }

    /// <summary>Gets ready for the first row, as far as that can be done before it comes.</summary>
    internal void Prepare() => _idle.Add(Open());

    /// <summary>The terms of categories, without the unknown one, by the columns that have them; of hashed ones none.</summary>
    private static Dictionary<string, string[]> TermsOf(ITransformer model)
    {
        var steps = model.Steps()
            .SelectMany<ITransformer, ITransformer>(step => step is MultiEmbeddingTransformer network ? network.Steps : [step])
            .OfType<CategoryIndexingTransformer>();
        return steps.SelectMany(step => step.Shape.Columns.Select(column => (column.InputColumnName, Terms: step.Terms.Skip(1).ToArray())))
            .DistinctBy(column => column.InputColumnName).ToDictionary();
    }

    private static RowValueKind KindOf(DataViewSchema.Column column, string? dateFormat, Dictionary<string, string[]> terms) => column.Type.ItemType() switch
    {
        _ when terms.ContainsKey(column.Name) => RowValueKind.Category,
        TextDataViewType => dateFormat is null ? RowValueKind.Text : RowValueKind.Date,
        BooleanDataViewType => RowValueKind.Boolean,
        DateTimeDataViewType or DateTimeOffsetDataViewType => RowValueKind.Date,
        TimeSpanDataViewType => RowValueKind.Time,
        KeyDataViewType => RowValueKind.Key,
        _ => RowValueKind.Number,
    };

    private RowSession Open()
    {
        lock (_idle) return new RowSession(_mapper, _scores, _names, [.. _inputs.Zip(_dateFormats, ColumnCell.Of)], _inputs);
    }
}

/// <summary>What one call at a time scores a row with.</summary>
internal sealed class RowSession
{
    private readonly RowNames _names;
    private readonly ColumnCell[] _cells;
    private readonly object?[] _values;
    private readonly Action _moveOn;
    private readonly (string Name, ScoreValue Value)[] _scores;

    /// <param name="mapper">The model.</param>
    /// <param name="scores">The columns to give out.</param>
    /// <param name="names">The names of the columns that they depend on.</param>
    /// <param name="cells">The values of these, in the same order.</param>
    /// <param name="inputs">The same columns as the mapper knows them.</param>
    internal RowSession(IRowToRowMapper mapper, DataViewSchema.Column[] scores, RowNames names, ColumnCell[] cells, DataViewSchema.Column[] inputs)
    {
        (_names, _cells, _values) = (names, cells, new object?[cells.Length]);
        var row = new ValuesRow(mapper.InputSchema, inputs.Zip(cells).ToDictionary(pair => pair.First.Index, pair => pair.Second));
        var scored = mapper.GetRow(row, scores);
        _moveOn = row.MoveOn;
        _scores = Array.ConvertAll(scores, column => (column.Name, ScoreValue.Of(scored, column)));
    }

    /// <inheritdoc cref="RowPredictor.Predict"/>
    internal OrderedDictionary<string, object?> Predict(IReadOnlyDictionary<string, object?> row)
    {
        _names.Take(row, _values);
        for (int i = 0; i < _cells.Length; i++) _cells[i].Cell.Set(_values[i]);
        _moveOn();
        var result = new OrderedDictionary<string, object?>(_scores.Length);
        foreach (var (name, value) in _scores) result.Add(name, value.Read());
        return result;
    }
}

/// <summary>A row whose values are set from outside.</summary>
/// <param name="schema">Its columns.</param>
/// <param name="cells">The values of those that are read, by the columns' indices.</param>
internal sealed class ValuesRow(DataViewSchema schema, Dictionary<int, ColumnCell> cells) : DataViewRow
{
    private long _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Position => _position;

    public override long Batch => 0;

    /// <summary>Says that the values are those of another row.</summary>
    internal void MoveOn() => _position++;

    public override bool IsColumnActive(DataViewSchema.Column column) => cells.ContainsKey(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        !cells.TryGetValue(column.Index, out var cell) ? throw SchemaErrors.NotActive(column)
        : cell.Getter as ValueGetter<TValue> ?? throw SchemaErrors.OtherType<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);
}
