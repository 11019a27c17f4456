using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>A set of labels: the sum of the binary cross-entropies of their logits.</summary>
/// <param name="label">The label.</param>
/// <param name="shape">Its classes.</param>
/// <param name="sets">The classes of each set, in rising order, by the number that a row's label is.</param>
internal sealed class SetObjective(LabelSet label, SetLabelShape shape, int[][] sets) : Objective
{
    internal override SetLabelShape Shape => shape;

    internal override double Weight => label.Weight;

    internal override IReadOnlyList<string> Metrics => ["MicroF1", "ExactMatch"];

    /// <remarks>
    /// Effectively computes Σ ln(1 + eˢ) - Σ s over the members, for outputs s; its gradient by an output is 1 / (1 + e⁻ˢ), less 1 for a member.
    /// </remarks>
    internal override double Loss(ReadOnlySpan<float> outputs, float target, double scale, Span<float> gradients)
    {
        int[] members = sets[(int)target];
        double loss = 0;
        foreach (float score in outputs) loss += Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs((double)score)));
        foreach (int member in members) loss -= outputs[member];
        if (!gradients.IsEmpty)
        {
            TensorPrimitives.Sigmoid(outputs, gradients);
            foreach (int member in members) gradients[member] -= 1;
            TensorPrimitives.Multiply(gradients, (float)scale, gradients);
        }
        return loss;
    }

    internal override MetricCounter Count() => new Counter(sets);

    private sealed class Counter(int[][] sets) : MetricCounter
    {
        private readonly ExactSum _found = new(), _wrong = new(), _exact = new(), _total = new();

        internal override void Add(ReadOnlySpan<float> outputs, float label, float weight)
        {
            int[] members = sets[(int)label];
            int found = members.Length, predicted = 0;
            foreach (float score in outputs)
            {
                if (score >= 0) predicted++;
            }
            foreach (int member in members)
            {
                if (outputs[member] < 0) found--;
            }
            int wrong = members.Length + predicted - 2 * found;
            _found.Add((double)weight * found);
            _wrong.Add((double)weight * wrong);
            if (wrong == 0) _exact.Add(weight);
            _total.Add(weight);
        }

        /// <summary>F1 is not defined where no label is in a set or said to be.</summary>
        internal override double[] Measure() => [2 * _found.Value / (2 * _found.Value + _wrong.Value), _exact.Value / _total.Value];

        public override void Write(BinaryWriter writer)
        {
            Merging.Begin(writer, nameof(SetObjective));
            foreach (var sum in (ReadOnlySpan<ExactSum>)[_found, _wrong, _exact, _total]) sum.Write(writer);
        }

        public override void Merge(BinaryReader reader) => Merging.Read(reader, nameof(SetObjective), () =>
        {
            foreach (var sum in (ReadOnlySpan<ExactSum>)[_found, _wrong, _exact, _total]) sum.Merge(reader);
        });
    }
}
