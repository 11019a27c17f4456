using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Makes one vector of the columns' vectors.</summary>
internal sealed class CombineModule : torch.nn.Module
{
    private readonly NetworkShape _shape;
    private readonly DenseModule?[] _projections;

    internal CombineModule(NetworkShape shape) : base("combine")
    {
        _shape = shape;
        _projections = [.. shape.Columns.Select(column => shape.IsProjected(column) ? new DenseModule(column.OutputSize, shape.CombinedSize) : null)];
        foreach (var (i, projection) in _projections.Index())
        {
            if (projection is not null) register_module($"{i}", projection);
        }
    }

    /// <param name="vectors">For each column rows × its output size.</param>
    /// <returns>Rows × combined size.</returns>
    internal torch.Tensor Combine(torch.Tensor[] vectors)
    {
        if (_shape.Head.Combination == ColumnCombination.Concatenate) return torch.cat(vectors, dim: 1);
        var projected = vectors.Zip(_projections, (vector, projection) => projection?.call(vector) ?? vector);
        return projected.Aggregate((left, right) => _shape.Head.Combination == ColumnCombination.Add ? left + right : left * right);
    }

    internal IEnumerable<LearnedArray> Arrays() => _shape.Columns.Zip(_projections).Where(pair => pair.Second is not null).SelectMany(pair => new[]
    {
        new LearnedArray(NetworkShape.ProjectionWeights(pair.First), () => pair.Second!.Weights),
        new LearnedArray(NetworkShape.ProjectionBias(pair.First), () => pair.Second!.Bias),
    });
}
