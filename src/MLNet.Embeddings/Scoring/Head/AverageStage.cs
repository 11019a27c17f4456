namespace MLNet.Embeddings;

/// <summary>What the members of an ensemble say together.</summary>
internal sealed class AverageStage(NetworkShape shape) : HeadStage(shape.Head.EnsembleSize * shape.Outputs, shape.Outputs)
{
    internal override void Apply(ReadOnlySpan<float> values, int rows, Span<float> results)
    {
        for (int row = 0; row < rows; row++) MemberAverage.Of(shape.Labels, values.Slice(row * Inputs, Inputs), results.Slice(row * Outputs, Outputs));
    }
}
