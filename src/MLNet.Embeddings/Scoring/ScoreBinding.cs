using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A network bound to the columns of one schema.</summary>
internal sealed class ScoreBinding : RowBinding
{
    private readonly Scorer _scorer;
    private readonly IReadOnlyList<ScoreColumn> _columns;
    private readonly IReadOnlyList<EvaluatedLabel> _labels;
    private readonly DataViewSchema.Column[] _inputs;

    /// <exception cref="ArgumentOutOfRangeException">A column that the network reads is missing, or of another type than in training.</exception>
    internal ScoreBinding(DataViewSchema input, Scorer scorer, IReadOnlyList<ScoreColumn> columns, IReadOnlyList<EvaluatedLabel> labels) : base(input)
    {
        (_scorer, _columns, _labels, _inputs) = (scorer, columns, labels, scorer.Find(input));
        uint setId = ScoreColumn.NextSetId(input);
        Outputs = [.. columns.Select(column => column.Detach(setId)), .. labels.Select(label => label.Column)];
    }

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    internal override IEnumerable<DataViewSchema.Column> Needs(int output) =>
        output < _columns.Count ? _inputs : [_labels[output - _columns.Count].Input];

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
    [
        .. AnyActive(isActive) ? Getters(new RowScores(_scorer, input, _inputs), isActive) : new Delegate?[_columns.Count],
        .. LabelsOf(input, isActive).Select(label => label?.Getter(block: null)),
    ];

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) => AnyActive(isActive)
        ? new BlockScores(_scorer, input, _inputs, scores => Getters(scores, isActive), LabelsOf(input, isActive), threads)
        : null;

    private EvaluatedValue?[] LabelsOf(DataViewRow input, Func<int, bool> isActive) =>
        [.. _labels.Select((label, i) => isActive(_columns.Count + i) ? label.Open(input) : null)];

    private bool AnyActive(Func<int, bool> isActive) => Enumerable.Range(0, _columns.Count).Any(isActive);

    private Delegate?[] Getters(IScores scores, Func<int, bool> isActive) =>
        [.. _columns.Select((column, output) => isActive(output) ? column.Getter(scores) : null)];
}

/// <summary>The network's outputs for the rows of a cursor, computed block by block.</summary>
internal sealed class BlockScores : RowBlock, IScores
{
    private readonly IRowNetwork _network;
    private readonly BatchReader _reader;
    private readonly Lazy<RowScores> _single;
    private readonly EvaluatedValue?[] _labels;

    /// <param name="scorer">The network.</param>
    /// <param name="row">The cursor, on which the columns are active.</param>
    /// <param name="inputs">The columns as <see cref="Scorer.Find"/> gave them.</param>
    /// <param name="getters">Makes the getters of the score columns.</param>
    /// <param name="labels">The labels beside them; null where one is not active.</param>
    /// <param name="threads">The most threads to compute on.</param>
    internal BlockScores(
        Scorer scorer, DataViewRow row, DataViewSchema.Column[] inputs, Func<IScores, Delegate?[]> getters, EvaluatedValue?[] labels, int threads)
    {
        _labels = labels;
        (_network, _reader) = (scorer.Open(threads), new BatchReader(scorer, row, inputs));
        _single = new(() => new RowScores(scorer, row, inputs));
        Getters = [.. getters(this), .. labels.Select(label => label?.Getter(this))];
    }

    internal override Delegate?[] Getters { get; }

    public ReadOnlySpan<float> Current
    {
        get
        {
            if (Index < 0) return _single.Value.Current;
            Complete();
            return _network.ScoresOf(Index);
        }
    }

    private protected override void Take(int index)
    {
        _reader.Read(index);
        foreach (var label in _labels) label?.Read(index);
    }

    private protected override void Compute(int rows)
    {
        _reader.Count(rows);
        _network.Score(_reader.Batch, _reader.WideBatch);
    }
}

/// <summary>The network's outputs for the row that a cursor stands on.</summary>
internal interface IScores
{
    /// <summary>The outputs for the current row; valid until the next.</summary>
    ReadOnlySpan<float> Current { get; }
}

/// <summary>The network's outputs for the row that a cursor stands on, computed once for all columns that are made of them: a batch of one row.</summary>
/// <remarks>By ML.NET's contract a row's position changes whenever its contents do, those of a prediction engine's row as well.</remarks>
/// <param name="scorer">The network.</param>
/// <param name="row">The row or cursor, on which the columns are active.</param>
/// <param name="inputs">The columns as <see cref="Scorer.Find"/> gave them.</param>
internal sealed class RowScores(Scorer scorer, DataViewRow row, DataViewSchema.Column[] inputs) : IScores
{
    private readonly BatchReader _reader = new(scorer, row, inputs);
    private IRowNetwork? _network;
    private long _position = -1;

    public ReadOnlySpan<float> Current
    {
        get
        {
            // Made when it is needed first: many engines are made for their schema alone.
            _network ??= scorer.Open(threads: 1);
            if (row.Position < 0 || row.Position != _position)
            {
                _position = -1;
                _reader.Read(0);
                _network.Score(_reader.Batch, _reader.WideBatch);
                _position = row.Position;
            }
            return _network.ScoresOf(0);
        }
    }
}
