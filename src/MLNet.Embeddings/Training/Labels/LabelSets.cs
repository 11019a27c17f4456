using System.Runtime.InteropServices;

namespace MLNet.Embeddings;

/// <summary>The different sets of a label's classes: a row's label is the number of its set, so that labels are one number a row whatever they are.</summary>
/// <param name="label">Name of the label column.</param>
internal sealed class LabelSets(string label)
{
    /// <summary>Numbers of more sets would not be exact in 32 bits.</summary>
    private const int MostSets = 1 << 24;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int[]> _sets = [];
    private bool _areTaken;

    /// <summary>How many classes the set of a number has.</summary>
    internal int SizeOf(int number) => _sets[number].Length;

    /// <summary>The number of a set, which is added where it is new.</summary>
    /// <param name="members">Its classes in any order, some maybe twice; brought into order.</param>
    /// <exception cref="InvalidOperationException">There are too many sets, or it is new when all should have been met.</exception>
    internal int NumberOf(List<int> members)
    {
        members.Sort();
        var span = CollectionsMarshal.AsSpan(members);
        int count = 0;
        for (int i = 0; i < span.Length; i++)
        {
            if (i == 0 || span[i] != span[i - 1]) span[count++] = span[i];
        }
        var set = span[..count];
        var text = MemoryMarshal.Cast<int, char>(set);
        var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (numbers.TryGetValue(text, out int number)) return number;
        if (_areTaken || _sets.Count == MostSets)
        {
            throw new InvalidOperationException(_areTaken
                ? $"The label column '{label}' holds a set that was not there when the rows were first read. The view must give the same rows in each pass."
                : $"The label column '{label}' has more than {MostSets} different sets, which is the most. Leave rare values out of the sets, or train on " +
                    "fewer rows.");
        }
        numbers[text] = _sets.Count;
        _sets.Add(set.ToArray());
        return _sets.Count - 1;
    }

    /// <summary>The classes of each set, in rising order; no set is added afterwards.</summary>
    internal int[][] Take()
    {
        _areTaken = true;
        return [.. _sets];
    }
}

/// <summary>How many members the sets of rows have together: the sets themselves have numbers only where they were read.</summary>
internal sealed class SetStatistics(LabelSets sets) : LabelStatistics
{
    internal long Members { get; private set; }

    private protected override void Add(float label) => Members += sets.SizeOf((int)label);

    private protected override void WriteLabels(BinaryWriter writer) => writer.Write7BitEncodedInt64(Members);

    private protected override void MergeLabels(BinaryReader reader) => Members += Merging.ReadCount(reader);
}
