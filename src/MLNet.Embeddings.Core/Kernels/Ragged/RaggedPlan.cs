namespace MLNet.Embeddings;

/// <summary>Which tokens a batch of rows of different lengths has, where their states lie, and which thread treats which rows.</summary>
/// <remarks>
/// States lie row after row. A row of n tokens has n + 1 slots: its slot t holds the state before token t, the last one the state after
/// all. So the states before and after a token are neighbours, and gradients of weights are one product over all slots.
/// </remarks>
/// <param name="threads">How many threads there are.</param>
/// <param name="reversed">True to read each row from its last token to its first.</param>
internal sealed class RaggedPlan(int threads, bool reversed = false)
{
    private int[] _firstSlots = [];
    private int[] _termOfSlot = [];
    private int[] _firstOfTerm = [];
    private int[] _slotsByTerm = [];

    /// <summary>Rows of the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>Slots of all rows: tokens and rows together.</summary>
    public int Slots { get; private set; }

    /// <summary>Different terms of the batch.</summary>
    public int Terms { get; private set; }

    /// <summary>Which thread treats which rows.</summary>
    public DealtRows Dealt { get; } = new(threads);

    /// <summary>Into how many parts the rows are dealt, at most one a thread.</summary>
    public int Parts => Dealt.Parts;

    /// <summary>Takes over a new batch.</summary>
    public void Set(RaggedRows rows)
    {
        Rows = rows.Count;
        Terms = rows.Terms;
        Slots = Rows + rows.Tokens;
        LayOut(rows);
        Dealt.Deal(rows.Lengths);
        GroupByTerm();
    }

    /// <summary>Tokens of a row.</summary>
    public int Length(int row) => Dealt.Length(row);

    /// <summary>The slot of a row's state before its first token.</summary>
    public int FirstSlot(int row) => _firstSlots[row];

    /// <summary>Which of all rows' tokens a row reads at a position.</summary>
    public int Token(int row, int position) => _firstSlots[row] - row + (reversed ? Length(row) - 1 - position : position);

    /// <summary>The term that comes in at a slot; -1 at the last slot of a row.</summary>
    public int Term(int slot) => _termOfSlot[slot];

    /// <summary>The slots at which a term comes in.</summary>
    public ReadOnlySpan<int> SlotsOf(int term) => _slotsByTerm.AsSpan(_firstOfTerm[term].._firstOfTerm[term + 1]);

    private void LayOut(RaggedRows rows)
    {
        Grow(ref _firstSlots, Rows);
        Grow(ref _termOfSlot, Slots);
        int slot = 0;
        for (int row = 0; row < Rows; row++)
        {
            _firstSlots[row] = slot;
            var terms = _termOfSlot.AsSpan(slot, rows.Length(row));
            rows.TermsOf(row).CopyTo(terms);
            if (reversed)
                terms.Reverse();
            _termOfSlot[slot + terms.Length] = -1;
            slot += terms.Length + 1;
        }
    }

    /// <summary>Sorts the slots by their term, in one pass that counts and one that places.</summary>
    private void GroupByTerm()
    {
        Grow(ref _firstOfTerm, Terms + 1);
        Grow(ref _slotsByTerm, Slots - Rows);
        Array.Clear(_firstOfTerm, 0, Terms + 1);
        foreach (int term in _termOfSlot.AsSpan(0, Slots))
            if (term >= 0)
                _firstOfTerm[term]++;
        int end = 0;
        for (int term = 0; term < Terms; term++)
            _firstOfTerm[term] = end += _firstOfTerm[term];
        _firstOfTerm[Terms] = end;

        // From the last slot to the first, so that each term's end moves to its start.
        for (int slot = Slots - 1; slot >= 0; slot--)
            if (_termOfSlot[slot] >= 0)
                _slotsByTerm[--_firstOfTerm[_termOfSlot[slot]]] = slot;
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
            array = new T[length + length / 4];
    }
}
