using System.Runtime.CompilerServices;

namespace MLNet.Embeddings;

/// <summary>The tokens that one direction of a GRU reads of rows that are scored, and where it leaves its states.</summary>
/// <param name="projected">What is read, projected: (terms, 3 · units).</param>
/// <param name="terms">The terms of all rows' tokens; null if each token is a term of its own.</param>
/// <param name="starts">Where among the tokens each row begins.</param>
/// <param name="dealt">The rows, for their lengths.</param>
/// <param name="direction">Which way it reads.</param>
internal readonly unsafe struct GruTokens(float* projected, int* terms, int* starts, DealtRows dealt, GruDirection direction) : IGruTokens
{
    private readonly float* _projected = projected;
    private readonly int* _terms = terms;
    private readonly int* _starts = starts;
    private readonly nint _units = direction.Units, _offset = direction.Offset;
    private readonly bool _reversed = direction.Reversed;

    /// <summary>Where the state after each token goes, (tokens, width); null to keep none.</summary>
    public float* States { get; init; }

    /// <summary>Where among the states each row begins.</summary>
    public int* FirstTokens { get; init; }

    /// <summary>From the states of a token to those of the next.</summary>
    public nint Width { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Step(int row, int token, float* recurrent, float* hidden)
    {
        int position = _reversed ? dealt.Length(row) - 1 - token : token, term = _starts[row] + position;
        float* input = _projected + 3 * _units * (_terms is null ? term : _terms[term]);
        Elementwise<GruCell.NextState>.Run(new GruCell.NextState(input, recurrent, hidden, _units), _units);
        if (States is not null)
            new ReadOnlySpan<float>(hidden, (int)_units).CopyTo(new Span<float>(States + (FirstTokens[row] + position) * Width + _offset, (int)_units));
    }
}
