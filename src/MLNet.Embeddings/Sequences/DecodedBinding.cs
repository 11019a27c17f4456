using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A fitted encoder-decoder bound to the columns of one schema.</summary>
internal sealed class DecodedBinding : RowBinding
{
    private readonly Func<SequenceDecoder> _createDecoder;
    private readonly TokenColumn _source, _target;
    private readonly DataViewSchema.Column _sourceColumn;
    private readonly DataViewSchema.Column? _targetColumn;
    private readonly IReadOnlyList<OutputColumn> _columns;

    /// <param name="input">The schema.</param>
    /// <param name="source">The source.</param>
    /// <param name="target">The target, which the schema need not have.</param>
    /// <param name="createDecoder">Makes what one thread computes with.</param>
    /// <param name="columns">The added columns, if the input has the target or not.</param>
    /// <exception cref="ArgumentOutOfRangeException">The source is missing, or of another type than in training.</exception>
    internal DecodedBinding(
        DataViewSchema input, TokenColumn source, TokenColumn target, Func<SequenceDecoder> createDecoder,
        Func<bool, IReadOnlyList<OutputColumn>> columns) : base(input)
    {
        (_source, _target, _createDecoder) = (source, target, createDecoder);
        _sourceColumn = source.Find(input);
        _targetColumn = target.FindIfFit(input);
        _columns = columns(_targetColumn is not null);
        uint setId = ScoreColumn.NextSetId(input);
        Outputs = [.. _columns.Select(column => column.Detach(setId))];
    }

    internal override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    internal override IEnumerable<DataViewSchema.Column> Needs(int output)
    {
        if (_columns[output].Needs != DecodedColumns.TargetTokens) yield return _sourceColumn;
        if (ReadsTarget(_columns[output].Needs)) yield return _targetColumn!.Value;
    }

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
    {
        var needs = NeedsOf(isActive);
        return needs == DecodedColumns.None
            ? new Delegate?[_columns.Count]
            : Getters(new DecodedRow(input, Reader(input, needs), _createDecoder()), isActive);
    }

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads)
    {
        var needs = NeedsOf(isActive);
        return needs == DecodedColumns.None
            ? null
            : new DecodedBlock(input, () => Reader(input, needs), _createDecoder, row => Getters(row, isActive), needs, threads);
    }

    private static bool ReadsTarget(DecodedColumns needs) => (needs & (DecodedColumns.TargetTokens | DecodedColumns.TargetLogProbability)) != 0;

    private DecodedColumns NeedsOf(Func<int, bool> isActive) =>
        _columns.Index().Where(column => isActive(column.Index)).Aggregate(DecodedColumns.None, (needs, column) => needs | column.Item.Needs);

    private SequenceReader Reader(DataViewRow row, DecodedColumns needs) => new(
        needs == DecodedColumns.TargetTokens ? static () => [] : _source.Open(row, _sourceColumn),
        ReadsTarget(needs) ? _target.Open(row, _targetColumn!.Value) : null);

    private Delegate?[] Getters(IDecodedRow row, Func<int, bool> isActive) =>
        [.. _columns.Select((column, output) => isActive(output) ? column.Getter(row) : null)];
}
