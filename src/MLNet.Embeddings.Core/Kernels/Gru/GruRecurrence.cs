using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>Takes the rows of one part of a plan through all their steps, on one thread.</summary>
internal sealed unsafe class GruRecurrence(RaggedPlan plan, GruTape tape, GruForm form)
{
    private readonly int _units = form.Units;
    private readonly GruSteps _forward = new(form.Units);
    private readonly AlignedFloats _gradients = new();
    private readonly AlignedFloats _recurrent = new();
    private readonly AlignedFloats _biasSums = new();

    /// <summary>(4 · units): the gradients of what went into the gates, summed over all steps of the last backward pass.</summary>
    public ReadOnlySpan<float> BiasSums => new(_biasSums.Start, 4 * _units);

    /// <summary>
    /// From projected terms (terms, 3 · units) to the states that are asked for; all states and gates go on the tape. Rows begin with starts (rows, units), or with
    /// zeros where these are null.
    /// </summary>
    public void Forward(int part, float* projected, PackedMatrix weights, float* bias, float* starts, float* results)
    {
        ReadOnlySpan<int> rows = plan.Dealt.RowsOf(part);
        foreach (int row in rows)
        {
            var first = Row(tape.State(plan.FirstSlot(row)), 0);
            if (starts == null)
                first.Clear();
            else
                Row(starts, row).CopyTo(first);
        }

        float* states = _forward.Run(plan.Dealt, part, weights, new ReadOnlySpan<float>(bias, 3 * _units), new Tokens(plan, tape, projected, _units), starts);
        for (int i = 0; i < rows.Length; i++)
        {
            if (!form.EveryState)
                Row(states, i).CopyTo(Result(results, rows[i]));
            else
                for (int token = 0; token < plan.Length(rows[i]); token++)
                    Row(tape.State(plan.FirstSlot(rows[i]) + token + 1), 0).CopyTo(Result(results, plan.Token(rows[i], token)));
        }
    }

    /// <summary>
    /// From the gradients of what <see cref="Forward"/> gave to those of the gates, which replace the gates on the tape, and, unless that is null, to those of the
    /// starts, which are added to.
    /// </summary>
    public void Backward(int part, PackedMatrix weights, float* resultGradients, float* startGradients)
    {
        ReadOnlySpan<int> rows = plan.Dealt.RowsOf(part);
        float* gradients = _gradients.Require(rows.Length * _units);
        float* recurrent = _recurrent.Require(rows.Length * 3 * _units);
        float* biasSums = _biasSums.Require(4 * _units);
        new Span<float>(biasSums, 4 * _units).Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            if (form.EveryState)
                Row(gradients, i).Clear();
            else
                Result(resultGradients, rows[i]).CopyTo(Row(gradients, i));
            // Nothing comes in at the last slot, so nothing of it may enter the gradients of the weights.
            new Span<float>(tape.Gates(plan.FirstSlot(rows[i]) + plan.Length(rows[i])), 4 * _units).Clear();
        }

        int longest = rows.IsEmpty ? 0 : plan.Length(rows[0]);
        for (int token = longest - 1; token >= 0; token--)
        {
            int active = plan.Dealt.Active(rows, rows.Length, token);
            for (int i = 0; i < active; i++)
            {
                if (form.EveryState)
                    TensorPrimitives.Add(Row(gradients, i), Result(resultGradients, plan.Token(rows[i], token)), Row(gradients, i));
                int slot = plan.FirstSlot(rows[i]) + token;
                var step = new GruBackwardStep(
                    tape.Gates(slot), tape.State(slot), gradients + (nint)i * _units, recurrent + (nint)i * 3 * _units, biasSums, _units);
                Elementwise<GruBackwardStep>.Run(step, _units);
            }

            var products = new LeftOperand(recurrent, 3 * _units, 1);
            if (token > 0 || startGradients != null)
                MatrixProduct.Multiply(products, active, weights, [], gradients, _units, accumulate: true);
        }

        for (int i = 0; startGradients != null && i < rows.Length; i++)
            TensorPrimitives.Add(Row(startGradients, rows[i]), Row(gradients, i), Row(startGradients, rows[i]));
    }

    private Span<float> Row(float* rows, nint index) => new(rows + index * _units, _units);

    private Span<float> Result(float* results, nint index) => new(results + index * form.Width + form.Offset, _units);

    /// <summary>The tokens of rows that learn: all states and gates go on the tape.</summary>
    private readonly struct Tokens(RaggedPlan plan, GruTape tape, float* projected, nint units) : IGruTokens
    {
        private readonly float* _projected = projected;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step(int row, int token, float* recurrent, float* hidden)
        {
            int slot = plan.FirstSlot(row) + token;
            float* input = _projected + 3 * units * plan.Term(slot);
            var step = new GruForwardStep(input, recurrent, hidden, tape.State(slot + 1), tape.Gates(slot), units);
            Elementwise<GruForwardStep>.Run(step, units);
        }
    }
}
