namespace MLNet.Embeddings;

/// <summary>The different values of some numbers in rising order, and of how many numbers each is.</summary>
internal sealed class DistinctValues
{
    private readonly float[] _values;
    private readonly int[] _below;

    /// <param name="numbers">The numbers in rising order, none of them NaN.</param>
    internal DistinctValues(float[] numbers)
    {
        List<float> values = [];
        List<int> below = [];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (i > 0 && numbers[i] == numbers[i - 1]) continue;
            values.Add(numbers[i]);
            below.Add(i);
        }
        below.Add(numbers.Length);
        (_values, _below) = ([.. values], [.. below]);
    }

    /// <summary>How many different values there are.</summary>
    internal int Count => _values.Length;

    /// <summary>How many numbers there are.</summary>
    internal int Total => _below[^1];

    /// <summary>The different values, rising.</summary>
    internal float this[int index] => _values[index];

    /// <summary>The place of a value among the different ones.</summary>
    internal int IndexOf(float value) => Array.BinarySearch(_values, value);

    /// <summary>How many numbers have a value.</summary>
    internal int CountOf(int index) => _below[index + 1] - _below[index];

    /// <summary>The share of the numbers below a value, those equal to it counted half.</summary>
    internal double MiddleRank(int index) => (_below[index] + CountOf(index) / 2.0) / Total;

    /// <summary>Which value the number at a place in rising order has.</summary>
    internal int IndexAt(int place)
    {
        int found = Array.BinarySearch(_below, place);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The value in the middle; the lower one of two.</summary>
    internal float Median => _values[IndexAt((Total - 1) / 2)];
}
