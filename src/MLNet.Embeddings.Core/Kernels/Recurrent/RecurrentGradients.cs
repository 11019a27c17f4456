using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>The gradients of the weights of a <see cref="RaggedRecurrence"/>: products over all slots of the tape and over all terms.</summary>
internal sealed unsafe class RecurrentGradients(RecurrentForm form, RecurrentBatch batch, int threads)
{
    /// <summary>Slots, and rows of sums, that are worth a thread.</summary>
    private const int SlotsPerThread = 64, SumRowsPerThread = 64;

    private readonly ThreadSums[] _sums = [.. Enumerable.Range(0, threads).Select(_ => new ThreadSums(form))];

    /// <summary>
    /// Adds to the gradients. Each thread sums over its own slots and terms; the first right into the result, the others into memory of their own that is added
    /// then.
    /// </summary>
    /// <param name="terms">(terms, dimensions).</param>
    /// <param name="projected">The gradients of what terms give to the gates, (terms, gates · units).</param>
    /// <param name="weightInput">Added to, (gates · units, dimensions).</param>
    /// <param name="weightHidden">Added to, (gates · units, units).</param>
    public void Add(float* terms, float* projected, float* weightInput, float* weightHidden)
    {
        int slots = batch.Slots, count = batch.Rows.Terms;
        if (slots == 0) return;
        int parts = Parts.Run(threads, slots, SlotsPerThread, (part, start, end) =>
        {
            var sums = _sums[part];
            if (part > 0) sums.Clear();
            int firstTerm = (int)((long)count * start / slots), endTerm = (int)((long)count * end / slots);
            sums.AddSlots(batch.Kept(start), batch.State(start), end - start, part > 0 ? sums.Hidden : weightHidden);
            sums.AddTerms(
                projected + (nint)firstTerm * form.Gates, terms + (nint)firstTerm * form.Dimensions, endTerm - firstTerm, part > 0 ? sums.Input : weightInput);
        });
        if (parts == 1) return;
        Parts.Run(threads, form.Gates, SumRowsPerThread, (_, start, end) =>
        {
            for (int part = 1; part < parts; part++)
            {
                AddRows(_sums[part].Input, weightInput, form.Dimensions, start, end);
                AddRows(_sums[part].Hidden, weightHidden, form.Units, start, end);
            }
        });
    }

    private static void AddRows(float* from, float* to, int width, int start, int end)
    {
        var sums = new Span<float>(to + (nint)start * width, (end - start) * width);
        TensorPrimitives.Add(sums, new ReadOnlySpan<float>(from + (nint)start * width, sums.Length), sums);
    }

    /// <summary>What one thread adds.</summary>
    private sealed class ThreadSums(RecurrentForm form)
    {
        private readonly TransposedWorkspace _inputWorkspace = new(form.Dimensions), _hiddenWorkspace = new(form.Units);
        private readonly AlignedFloats _input = new(), _hidden = new();

        /// <summary>(gates · units, dimensions): sums of this thread's own.</summary>
        public float* Input => _input.Start;

        /// <summary>(gates · units, units): sums of this thread's own.</summary>
        public float* Hidden => _hidden.Start;

        public void Clear()
        {
            new Span<float>(_input.Require(form.Gates * form.Dimensions), form.Gates * form.Dimensions).Clear();
            new Span<float>(_hidden.Require(form.Gates * form.Units), form.Gates * form.Units).Clear();
        }

        /// <summary>Adds the products of projected gradients (terms, gates · units) and the terms' vectors (terms, dimensions).</summary>
        public void AddTerms(float* projected, float* vectors, int terms, float* sums) => MatrixProduct.MultiplyTransposed(
            projected, form.Gates, form.Gates, vectors, form.Dimensions, terms, sums, _inputWorkspace, accumulate: true);

        /// <summary>Adds the products of kept gradients (slots, 4 · units) and the states before (slots, state size).</summary>
        public void AddSlots(float* kept, float* states, int slots, float* sums) => MatrixProduct.MultiplyTransposed(
            kept, IRecurrentStep.Kept * form.Units, form.Gates, states, form.StateSize, slots, sums, _hiddenWorkspace, accumulate: true);
    }
}
