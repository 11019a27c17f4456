using System.Reflection;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>A column in memory.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">Its type.</param>
internal abstract class MemoryColumn(string name, DataViewType type)
{
    internal string Name => name;
    internal DataViewType Type => type;
    internal abstract int Count { get; }

    /// <summary>Annotations; the values of keys.</summary>
    internal DataViewSchema.Annotations? Annotations { get; init; }

    /// <summary>A getter of the value at a position.</summary>
    internal abstract Delegate Getter(Func<int> position);

    /// <summary>The column as that of a frame; null if a frame cannot hold it.</summary>
    internal abstract DataFrameColumn? InFrame();

    /// <summary>Scores the rows one by one with a prediction engine that reads this column, and a number beside it.</summary>
    internal abstract void Predict(EngineScoring engine);

    internal static MemoryColumn<T> Of<T>(string name, DataViewType type, params T[] values) => new(name, type, values);
}

/// <summary>A column of values of the type that getters give.</summary>
internal sealed class MemoryColumn<T>(string name, DataViewType type, T[] values) : MemoryColumn(name, type)
{
    // What a getter gives is the caller's own to change.
    private static readonly Copier OwnCopy = typeof(T) is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(VBuffer<>)
        ? VectorCopy.Method.MakeGenericMethod(type.GenericTypeArguments).CreateDelegate<Copier>()
        : (in source, ref target) => target = source;

    private delegate void Copier(in T source, ref T target);

    internal override int Count => values.Length;

    internal T[] Values => values;

    internal override Delegate Getter(Func<int> position) => (ValueGetter<T>)((ref T value) => OwnCopy(values[position()], ref value));

    internal override DataFrameColumn? InFrame() => Type is KeyDataViewType or VectorDataViewType { ItemType: KeyDataViewType } ? null : values switch
    {
        ReadOnlyMemory<char>[] texts => new StringDataFrameColumn(Name, texts.Select(text => text.IsEmpty ? null : text.ToString())),
        float[] numbers => new SingleDataFrameColumn(Name, numbers),
        double[] numbers => new DoubleDataFrameColumn(Name, numbers),
        int[] numbers => new Int32DataFrameColumn(Name, numbers),
        long[] numbers => new Int64DataFrameColumn(Name, numbers),
        byte[] numbers => new ByteDataFrameColumn(Name, numbers),
        bool[] truths => new BooleanDataFrameColumn(Name, truths),
        DateTime[] dates => new DateTimeDataFrameColumn(Name, dates),
        VBuffer<float>[] vectors => new VBufferDataFrameColumn<float>(Name, vectors),
        VBuffer<double>[] vectors => new VBufferDataFrameColumn<double>(Name, vectors),
        VBuffer<ReadOnlyMemory<char>>[] vectors => new VBufferDataFrameColumn<ReadOnlyMemory<char>>(Name, vectors),
        _ => null,
    };

    internal override void Predict(EngineScoring engine) => engine.Predict(this);
}

/// <summary>Copies vectors.</summary>
internal static class VectorCopy
{
    internal static readonly MethodInfo Method = typeof(VectorCopy).GetMethod(nameof(Copy), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static void Copy<T>(in VBuffer<T> source, ref VBuffer<T> target) => source.CopyTo(ref target);
}
