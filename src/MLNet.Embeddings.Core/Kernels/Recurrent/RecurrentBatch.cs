namespace MLNet.Embeddings;

/// <summary>What all threads of a <see cref="RaggedRecurrence"/> share of one pass over a batch, and the tape that it leaves for the backward pass.</summary>
/// <remarks>
/// The tape lies row after row. A row of n tokens has n + 1 slots: its slot t holds the state before the token that is read at position t, the last one the
/// state after all. So the states before and after a token are neighbours, and gradients of weights are one product over all slots.
/// </remarks>
internal sealed unsafe class RecurrentBatch(RecurrentForm form, int threads)
{
    private readonly AlignedFloats _states = new(), _kept = new();
    private int[] _firstOfTerm = [], _slotsByTerm = [];

    /// <summary>The rows, which must stay as they are until the backward pass.</summary>
    public RaggedRows Rows { get; private set; } = new();

    /// <summary>Which thread treats which rows.</summary>
    public DealtRows Dealt { get; } = new(threads);

    /// <summary>Slots of all rows.</summary>
    public int Slots => Rows.Tokens + Rows.Count;

    /// <summary>True if the pass leaves a tape.</summary>
    public bool Keeps { get; private set; }

    /// <summary>The weights.</summary>
    public RecurrentWeights Weights { get; set; } = null!;

    /// <summary>What terms give to the gates, (terms, gates · units).</summary>
    public float* Projected { get; set; }

    /// <summary>The state that each row starts with, (rows, state size), or the gradients of these; null for zeros.</summary>
    public float* Starts { get; set; }

    /// <summary>The results, or their gradients: (rows, width) or (tokens, width).</summary>
    public float* Results { get; set; }

    /// <summary>Takes over a new batch.</summary>
    public void Begin(RaggedRows rows, bool keeps)
    {
        (Rows, Keeps) = (rows, keeps);
        Dealt.Deal(rows.Lengths);
        if (!keeps) return;
        _states.Require(checked(Slots * form.StateSize));
        _kept.Require(checked(Slots * IRecurrentStep.Kept * form.Units));
        GroupByTerm();
    }

    /// <summary>The slot of a row's state before a position.</summary>
    public int Slot(int row, int position) => Rows.Start(row) + row + position;

    /// <summary>Which of all rows' tokens a row reads at a position.</summary>
    public int Token(int row, int position) => form.Reversed ? Rows.Start(row + 1) - 1 - position : Rows.Start(row) + position;

    /// <summary>(state size): the state at a slot.</summary>
    public float* State(nint slot) => _states.Start + slot * form.StateSize;

    /// <summary>(4 · units): what the step from a slot to the next kept; after the backward pass gradients.</summary>
    public float* Kept(nint slot) => _kept.Start + slot * IRecurrentStep.Kept * form.Units;

    /// <summary>The slots at which a term is read, in ascending order.</summary>
    public ReadOnlySpan<int> SlotsOf(int term) => _slotsByTerm.AsSpan(_firstOfTerm[term].._firstOfTerm[term + 1]);

    /// <summary>Sorts the slots by their term, in one pass that counts and one that places.</summary>
    private void GroupByTerm()
    {
        Grow(ref _firstOfTerm, Rows.Terms + 1);
        Grow(ref _slotsByTerm, Rows.Tokens);
        Array.Clear(_firstOfTerm, 0, Rows.Terms + 1);
        for (int token = 0; token < Rows.Tokens; token++)
            _firstOfTerm[Rows.Term(token)]++;
        int end = 0;
        for (int term = 0; term < Rows.Terms; term++)
            _firstOfTerm[term] = end += _firstOfTerm[term];
        _firstOfTerm[Rows.Terms] = end;

        // From the last slot to the first, so that each term's end moves to its start.
        for (int row = Rows.Count - 1; row >= 0; row--)
            for (int position = Rows.Length(row) - 1; position >= 0; position--)
                _slotsByTerm[--_firstOfTerm[Rows.Term(Token(row, position))]] = Slot(row, position);
    }

    private static void Grow(ref int[] array, int length)
    {
        if (array.Length < length)
            array = new int[length + length / 4];
    }
}
