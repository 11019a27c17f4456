using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A network bound to the columns of one schema.</summary>
internal sealed class ScoreBinding : RowBinding
{
    private readonly ForwardPass _network;
    private readonly IReadOnlyList<ScoreColumn> _columns;
    private readonly DataViewSchema.Column[] _inputs;

    /// <exception cref="ArgumentOutOfRangeException">A column that the network reads is missing, or of another type than in training.</exception>
    internal ScoreBinding(DataViewSchema input, ForwardPass network, IReadOnlyList<ScoreColumn> columns) : base(input)
    {
        (_network, _columns, _inputs) = (network, columns, network.Find(input));
        uint setId = ScoreColumn.NextSetId(input);
        Outputs = [.. columns.Select(column => column.Detach(setId))];
    }

    protected override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    protected override IEnumerable<DataViewSchema.Column> Needs(int output) => _inputs;

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) => AnyActive(isActive)
        ? Getters(new RowScores(input, _network.Over(input, _inputs), _network.Outputs), isActive)
        : new Delegate?[_columns.Count];

    internal override RowBlock? CreateBlock(DataViewRow input, Func<int, bool> isActive, int threads) => AnyActive(isActive)
        ? new BlockScores(_network, input, _inputs, scores => Getters(scores, isActive), threads)
        : null;

    private bool AnyActive(Func<int, bool> isActive) => Enumerable.Range(0, _columns.Count).Any(isActive);

    private Delegate?[] Getters(IScores scores, Func<int, bool> isActive) =>
        [.. _columns.Select((column, output) => isActive(output) ? column.Getter(scores) : null)];
}
