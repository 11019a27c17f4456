namespace MLNet.Embeddings;

/// <summary>Gives each different key of a batch a number, in order of appearance, in time that goes by the batch alone.</summary>
/// <remarks>Not thread-safe. One stamp per key of the vocabulary, cleared through the batch's own keys.</remarks>
internal sealed class TermIndex(int keyCount)
{
    private readonly int[] _numbers = new int[keyCount + 1];
    private int[] _terms = new int[16];
    private int _count;

    /// <summary>Number of a key in the batch at hand.</summary>
    internal int NumberOf(int key)
    {
        int number = _numbers[key];
        return number > 0 ? number - 1 : Add(key);
    }

    /// <summary>The different keys, by number; the index is empty afterwards.</summary>
    internal int[] TakeTerms()
    {
        int[] terms = _terms[.._count];
        foreach (int key in terms) _numbers[key] = 0;
        _count = 0;
        return terms;
    }

    private int Add(int key)
    {
        if (_count == _terms.Length) Array.Resize(ref _terms, 2 * _count);
        _terms[_count++] = key;
        _numbers[key] = _count;
        return _count - 1;
    }
}
