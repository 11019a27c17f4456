namespace MLNet.Embeddings;

/// <summary>What a network trains for with one of its labels: a loss and metrics.</summary>
internal abstract class Objective
{
    /// <summary>The label, with what its rows decided.</summary>
    internal abstract LabelShape Shape { get; }

    /// <summary>The same with what an earlier model measured of the label; itself where nothing was measured.</summary>
    /// <param name="previous">The label of the earlier model.</param>
    internal virtual Objective Continue(LabelShape previous) => this;

    /// <summary>How much the label counts beside others.</summary>
    internal abstract double Weight { get; }

    /// <summary>Names of the metrics.</summary>
    internal abstract IReadOnlyList<string> Metrics { get; }

    /// <summary>What the outputs for one row cost.</summary>
    /// <param name="outputs">The network's outputs for the label.</param>
    /// <param name="target">The row's label; not missing.</param>
    /// <param name="scale">What to multiply the gradients with.</param>
    /// <param name="gradients">Receives the gradients of the loss by the outputs; empty if they are not wanted.</param>
    internal abstract double Loss(ReadOnlySpan<float> outputs, float target, double scale, Span<float> gradients);

    /// <summary>The metrics over rows, weighted, in the order of their names.</summary>
    /// <param name="outputs">The network's outputs for the label: rows × outputs.</param>
    /// <param name="labels">A label per row, none missing.</param>
    /// <param name="weights">A weight per row.</param>
    internal abstract double[] Measure(ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);
}
