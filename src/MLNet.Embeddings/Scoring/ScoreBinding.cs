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

    internal override Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive)
    {
        var getters = new Delegate?[_columns.Count];
        int[] active = [.. Enumerable.Range(0, getters.Length).Where(isActive)];
        if (active.Length == 0) return getters;

        var scores = new RowScores(input, _network.Over(input, _inputs), _network.Outputs);
        foreach (int output in active) getters[output] = _columns[output].Getter(scores);
        return getters;
    }
}
