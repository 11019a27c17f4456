namespace MLNet.Embeddings;

/// <summary>The most probable ways to go on with the unfinished outputs of one source, best first.</summary>
internal sealed class Candidates(int capacity)
{
    private readonly (double LogProbability, int Parent, int Key)[] _items = new (double, int, int)[capacity];

    internal int Count { get; private set; }

    /// <summary>What a further one must be better than.</summary>
    internal double Threshold => Count < capacity ? double.NegativeInfinity : _items[Count - 1].LogProbability;

    internal (double LogProbability, int Parent, int Key) this[int index] => _items[index];

    internal void Clear() => Count = 0;

    /// <summary>Takes one in unless there are enough as good. Of equal ones the first comes first.</summary>
    internal void Add(double logProbability, int parent, int key)
    {
        if (!(logProbability > Threshold)) return;
        if (Count < capacity) Count++;
        int place = Count - 1;
        for (; place > 0 && _items[place - 1].LogProbability < logProbability; place--) _items[place] = _items[place - 1];
        _items[place] = (logProbability, parent, key);
    }
}
