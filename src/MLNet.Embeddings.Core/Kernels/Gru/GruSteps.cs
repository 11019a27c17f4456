namespace MLNet.Embeddings;

/// <summary>Takes rows of different lengths through all their steps of a GRU, on one thread: rows that have a token at a position step together.</summary>
internal sealed unsafe class GruSteps(int units)
{
    private readonly AlignedFloats _hidden = new();
    private readonly AlignedFloats _recurrent = new();

    /// <summary>Gives the last states (rows of the part, units) in the order of the part, valid until the next call.</summary>
    /// <param name="dealt">The rows.</param>
    /// <param name="part">The part of them to treat.</param>
    /// <param name="weights">W_hh, (3 · units, units).</param>
    /// <param name="bias">b_hh, (3 · units).</param>
    /// <param name="tokens">What they read; a type argument, so that the step is compiled into the loop.</param>
    /// <param name="starts">The first state of each row, (rows, units); null for zeros.</param>
    public float* Run<TTokens>(DealtRows dealt, int part, PackedMatrix weights, ReadOnlySpan<float> bias, TTokens tokens, float* starts = null)
        where TTokens : struct, IGruTokens
    {
        ReadOnlySpan<int> rows = dealt.RowsOf(part);
        float* hidden = _hidden.Require(rows.Length * units);
        float* recurrent = _recurrent.Require(rows.Length * 3 * units);
        if (starts == null)
            new Span<float>(hidden, rows.Length * units).Clear();
        else
            for (int i = 0; i < rows.Length; i++)
                new ReadOnlySpan<float>(starts + (nint)rows[i] * units, units).CopyTo(new Span<float>(hidden + (nint)i * units, units));

        int active = rows.Length;
        for (int token = 0; (active = dealt.Active(rows, active, token)) > 0; token++)
        {
            // A first state of zeros has a product of zeros with the weights.
            if (token == 0 && starts == null)
                MatrixProduct.Fill(recurrent, 3 * units, active, 3 * units, bias);
            else
                MatrixProduct.Multiply(new LeftOperand(hidden, units, 1), active, weights, bias, recurrent, 3 * units, accumulate: false);
            for (int i = 0; i < active; i++)
                tokens.Step(rows[i], token, recurrent + (nint)i * 3 * units, hidden + (nint)i * units);
        }

        return hidden;
    }
}
