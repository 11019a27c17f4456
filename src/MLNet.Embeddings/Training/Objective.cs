using Microsoft.ML;
using TorchSharp;

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

    /// <summary>Loss of each row: rows.</summary>
    /// <param name="scores">Rows × outputs.</param>
    /// <param name="labels">Rows.</param>
    internal abstract torch.Tensor Loss(torch.Tensor scores, torch.Tensor labels);

    /// <summary>The metric over rows, weighted.</summary>
    internal abstract double Measure(ReadOnlySpan<float> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights);
}
