using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What a kind of task trains for: its labels, its loss and its metric.</summary>
internal abstract class Objective
{
    internal abstract NetworkTask Task { get; }

    /// <summary>Scores per row.</summary>
    internal abstract int Outputs { get; }

    /// <summary>Name of the validation metric.</summary>
    internal abstract string Metric { get; }

    /// <exception cref="ArgumentOutOfRangeException">The label column is of a type that the task cannot learn.</exception>
    internal abstract void CheckLabel(string name, InputType type);

    /// <summary>Getter of a row's label; NaN is missing.</summary>
    internal abstract Func<float> OpenLabel(DataViewRow row, DataViewSchema.Column column);

    /// <exception cref="InvalidOperationException">Nothing can be learned from these labels.</exception>
    internal abstract void CheckLabels(string name, ReadOnlySpan<float> labels);

    /// <summary>The loss that training makes small: a <see cref="BatchLoss"/>.</summary>
    internal abstract double Loss(ReadOnlySpan<float> scores, RowBatch batch, int firstRow, Span<float> gradients);

    /// <summary>The metric over rows, weighted.</summary>
    internal abstract double Measure(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);
}
