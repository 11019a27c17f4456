namespace MLNet.Embeddings;

/// <summary>What the labels of rows are like, as far as it decides what is trained for.</summary>
internal abstract class LabelStatistics : IMergeable
{
    /// <summary>Number of rows, those without the label among them.</summary>
    internal long Rows { get; private set; }

    /// <summary>Statistics for numbers of classes, or for numbers that measure something.</summary>
    internal static LabelStatistics For(bool areClasses) => areClasses ? new ClassCounts() : new LabelMoments();

    /// <summary>Takes the labels of some rows into account; NaN is missing.</summary>
    internal void Add(ReadOnlySpan<float> labels)
    {
        Rows += labels.Length;
        foreach (float label in labels)
        {
            if (!float.IsNaN(label)) Add(label);
        }
    }

    public void Write(BinaryWriter writer)
    {
        Merging.Begin(writer, GetType().Name);
        writer.Write7BitEncodedInt64(Rows);
        WriteLabels(writer);
    }

    public void Merge(BinaryReader reader) => Merging.Read(reader, GetType().Name, () =>
    {
        Rows += Merging.ReadCount(reader);
        MergeLabels(reader);
    });

    private protected abstract void Add(float label);

    private protected abstract void WriteLabels(BinaryWriter writer);

    private protected abstract void MergeLabels(BinaryReader reader);
}

/// <summary>How many rows are of each class.</summary>
internal sealed class ClassCounts : LabelStatistics
{
    /// <summary>Numbers of more classes would not be exact in 32 bits.</summary>
    private const int MostClasses = 1 << 24;

    private long[] _counts = new long[2];

    /// <summary>The classes of which there are rows, rising.</summary>
    internal IEnumerable<int> Classes => Enumerable.Range(0, _counts.Length).Where(number => _counts[number] > 0);

    /// <summary>Rows of a class.</summary>
    /// <param name="number">Its number, from 0.</param>
    internal long Of(int number) => number < _counts.Length ? _counts[number] : 0;

    private protected override void Add(float label) => Count((int)label)++;

    private protected override void WriteLabels(BinaryWriter writer) => Merging.Write(writer, _counts);

    private protected override void MergeLabels(BinaryReader reader)
    {
        foreach (var (number, count) in Merging.ReadCounts(reader, MostClasses)) Count(number) += count;
    }

    private ref long Count(int number)
    {
        if (number >= _counts.Length) Array.Resize(ref _counts, Math.Max(number + 1, 2 * _counts.Length));
        return ref _counts[number];
    }
}

/// <summary>The mean and the deviation of labels that are numbers.</summary>
internal sealed class LabelMoments : LabelStatistics
{
    internal NumberMoments Numbers { get; } = new();

    private protected override void Add(float label) => Numbers.Add(label);

    private protected override void WriteLabels(BinaryWriter writer) => Numbers.Write(writer);

    private protected override void MergeLabels(BinaryReader reader) => Numbers.Merge(reader);
}
