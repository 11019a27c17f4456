namespace MLNet.Embeddings;

/// <summary>Which tokens a batch of rows of different lengths has, where their states lie, and which thread treats which rows.</summary>
/// <remarks>
/// States lie row after row. A row of n tokens has n + 1 slots: its slot t holds the state before token t, the last one the state after
/// all. So the states before and after a token are neighbours, and gradients of weights are one product over all slots.
/// </remarks>
internal sealed class RaggedPlan(int threads)
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
    /// <param name="lengths">Tokens of each row.</param>
    /// <param name="termOfToken">For each token, rows one after the other, the index of its term.</param>
    /// <param name="terms">How many terms there are.</param>
    public void Set(ReadOnlySpan<int> lengths, ReadOnlySpan<int> termOfToken, int terms)
    {
        Rows = lengths.Length;
        Terms = terms;
        Slots = Rows + termOfToken.Length;
        LayOut(lengths, termOfToken);
        Dealt.Deal(lengths);
        GroupByTerm();
    }

    /// <summary>Tokens of a row.</summary>
    public int Length(int row) => Dealt.Length(row);

    /// <summary>The slot of a row's state before its first token.</summary>
    public int FirstSlot(int row) => _firstSlots[row];

    /// <summary>The term that comes in at a slot; -1 at the last slot of a row.</summary>
    public int Term(int slot) => _termOfSlot[slot];

    /// <summary>The slots at which a term comes in.</summary>
    public ReadOnlySpan<int> SlotsOf(int term) => _slotsByTerm.AsSpan(_firstOfTerm[term].._firstOfTerm[term + 1]);

    private void LayOut(ReadOnlySpan<int> lengths, ReadOnlySpan<int> termOfToken)
    {
        Grow(ref _firstSlots, Rows);
        Grow(ref _termOfSlot, Slots);
        foreach (int term in termOfToken)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)term, (uint)Terms, nameof(termOfToken));

        int slot = 0;
        for (int row = 0; row < Rows; row++)
        {
            int length = lengths[row];
            _firstSlots[row] = slot;
            termOfToken[..length].CopyTo(_termOfSlot.AsSpan(slot));
            termOfToken = termOfToken[length..];
            _termOfSlot[slot + length] = -1;
            slot += length + 1;
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(termOfToken.Length, 0, nameof(termOfToken));
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
