namespace MLNet.Embeddings;

/// <summary>Gives each different key of a batch a number, in order of appearance, in time that goes by the batch alone.</summary>
/// <remarks>Not thread-safe. One stamp per key of the vocabulary, cleared through the batch's own keys.</remarks>
internal sealed class TermIndex(int keyCount)
{
    private readonly int[] _numbers = new int[keyCount + 1];
    private readonly List<int> _terms = [];

    /// <summary>Number of a key in the batch at hand.</summary>
    internal int NumberOf(int key)
    {
        ref int number = ref _numbers[key];
        if (number == 0)
        {
            _terms.Add(key);
            number = _terms.Count;
        }
        return number - 1;
    }

    /// <summary>The different keys, by number; the index is empty afterwards.</summary>
    internal int[] TakeTerms()
    {
        int[] terms = [.. _terms];
        foreach (int key in terms) _numbers[key] = 0;
        _terms.Clear();
        return terms;
    }
}
