namespace MLNet.Embeddings;

/// <summary>Which tokens a batch of rows of different lengths has, where their states lie, and which thread treats which rows.</summary>
/// <remarks>
/// States lie row after row. A row of n tokens has n + 1 slots: its slot t holds the state before token t, the last one the state after
/// all. So the states before and after a token are neighbours, and gradients of weights are one product over all slots.
/// </remarks>
internal sealed class RaggedPlan(int threads)
{
    /// <summary>Fewer rows than this are not worth a thread: their steps would not fill a tile.</summary>
    private const int RowsPerPart = 4;

    private int[] _lengths = [];
    private int[] _firstSlots = [];
    private int[] _termOfSlot = [];
    private long[] _byLength = [];
    private int[] _dealtRows = [];
    private int[] _firstOfTerm = [];
    private int[] _slotsByTerm = [];
    private readonly int[] _firstOfPart = new int[threads + 1];

    /// <summary>Rows of the batch.</summary>
    public int Rows { get; private set; }

    /// <summary>Slots of all rows: tokens and rows together.</summary>
    public int Slots { get; private set; }

    /// <summary>Different terms of the batch.</summary>
    public int Terms { get; private set; }

    /// <summary>Into how many parts the rows are dealt, at most one a thread.</summary>
    public int Parts { get; private set; }

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
        Deal();
        GroupByTerm();
    }

    /// <summary>Tokens of a row.</summary>
    public int Length(int row) => _lengths[row];

    /// <summary>The slot of a row's state before its first token.</summary>
    public int FirstSlot(int row) => _firstSlots[row];

    /// <summary>The term that comes in at a slot; -1 at the last slot of a row.</summary>
    public int Term(int slot) => _termOfSlot[slot];

    /// <summary>The rows of a part, longest first.</summary>
    public ReadOnlySpan<int> RowsOf(int part) => _dealtRows.AsSpan(_firstOfPart[part].._firstOfPart[part + 1]);

    /// <summary>The slots at which a term comes in.</summary>
    public ReadOnlySpan<int> SlotsOf(int term) => _slotsByTerm.AsSpan(_firstOfTerm[term].._firstOfTerm[term + 1]);

    private void LayOut(ReadOnlySpan<int> lengths, ReadOnlySpan<int> termOfToken)
    {
        Grow(ref _lengths, Rows);
        Grow(ref _firstSlots, Rows);
        Grow(ref _termOfSlot, Slots);
        lengths.CopyTo(_lengths);
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

    /// <summary>Deals the rows out by falling length, to and fro, so that all parts have about equal work.</summary>
    private void Deal()
    {
        Grow(ref _byLength, Rows);
        Grow(ref _dealtRows, Rows);
        for (int row = 0; row < Rows; row++)
            _byLength[row] = ((long)-_lengths[row] << 32) | (uint)row;
        _byLength.AsSpan(0, Rows).Sort();

        Parts = Math.Clamp(Rows / RowsPerPart, 1, threads);
        int dealt = 0;
        for (int part = 0; part < Parts; part++)
        {
            _firstOfPart[part] = dealt;
            for (int turn = 0; turn < Rows; turn += 2 * Parts)
            {
                if (turn + part < Rows)
                    _dealtRows[dealt++] = (int)_byLength[turn + part];
                int back = turn + 2 * Parts - 1 - part;
                if (back < Rows)
                    _dealtRows[dealt++] = (int)_byLength[back];
            }
        }

        _firstOfPart[Parts] = dealt;
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
