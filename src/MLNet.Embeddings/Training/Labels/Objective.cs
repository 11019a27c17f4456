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

    /// <summary>A new counter of the metrics.</summary>
    internal abstract MetricCounter Count();
}

/// <summary>Counts over rows what metrics are made of, exactly and so in any order; it keeps no more of a row than they need.</summary>
internal abstract class MetricCounter : IMergeable
{
    /// <summary>Counts a row.</summary>
    /// <param name="outputs">The network's outputs for the label.</param>
    /// <param name="label">The row's label; not missing.</param>
    /// <param name="weight">The row's weight.</param>
    internal abstract void Add(ReadOnlySpan<float> outputs, float label, float weight);

    /// <summary>The metrics, weighted, in the order of their names.</summary>
    internal abstract double[] Measure();

    public abstract void Write(BinaryWriter writer);

    public abstract void Merge(BinaryReader reader);
}
