using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>The tokens of rows that are scored: nothing but the states is kept.</summary>
/// <param name="projected">The terms' projections, (terms, 3 · units).</param>
/// <param name="terms">The terms of all rows' tokens.</param>
/// <param name="starts">Where in these each row begins.</param>
/// <param name="units">Length of the state.</param>
internal readonly unsafe struct GruTokens(float* projected, int* terms, int* starts, nint units) : IGruTokens
{
    private readonly float* _projected = projected;
    private readonly int* _terms = terms;
    private readonly int* _starts = starts;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(int row, int token, float* recurrent, float* hidden)
    {
        float* input = _projected + 3 * units * _terms[_starts[row] + token];
        Elementwise<GruCell.NextState>.Run(new GruCell.NextState(input, recurrent, hidden, units), units);
    }
}
