using Microsoft.ML.Data;

namespace MLNet.Embeddings.Robustness;

/// <summary>Random columns in memory.</summary>
/// <param name="random">The generator.</param>
/// <param name="rows">How many rows they have.</param>
internal sealed class RandomData(Random random, int rows)
{
    private const string Letters = "abcdefghij";

    internal MemoryColumn Key(string name, uint keys, double missing) =>
        Column(name, new KeyDataViewType(typeof(uint), keys), () => random.Chance(missing) ? 0 : (uint)random.Next((int)keys) + 1);

    internal MemoryColumn Keys(string name, uint keys, int longest) => Column(name, new VectorDataViewType(new KeyDataViewType(typeof(uint), keys)),
        () => Vector(random.Next(longest + 1), () => (uint)random.Next((int)keys + 1)));

    internal MemoryColumn Numbers(string name, int size, double missing) => size == 0
        ? Column(name, NumberDataViewType.Single, () => Number(missing))
        : Column(name, new VectorDataViewType(NumberDataViewType.Single, size), () => Vector(size, () => Number(missing)));

    internal MemoryColumn Doubles(string name) => Column(name, NumberDataViewType.Double, () => 1e6 + Math.Round(100 * random.NextDouble()));

    internal MemoryColumn Booleans(string name) => Column(name, BooleanDataViewType.Instance, () => random.Chance(0.4));

    internal MemoryColumn Dates(string name) => Column(name, DateTimeDataViewType.Instance, () => new DateTime(2024, 1, 1).AddHours(random.Next(9000)));

    /// <summary>Texts of some words, an empty one now and then.</summary>
    internal MemoryColumn Texts(string name, int fewest, int longest, int vocabulary) => Column(name, TextDataViewType.Instance,
        () => string.Join(' ', Enumerable.Range(0, random.Next(fewest, longest + 1)).Select(_ => Word(vocabulary))).AsMemory());

    internal MemoryColumn Weights(string name) => Column(name, NumberDataViewType.Single, () => random.Chance(0.1) ? 0 : 0.2f + 2 * random.NextSingle());

    private string Word(int vocabulary)
    {
        int word = random.Next(vocabulary);
        return $"{Letters[word % Letters.Length]}{Letters[word / Letters.Length % Letters.Length]}";
    }

    private float Number(double missing) => random.Chance(missing) ? float.NaN : 10 * random.NextSingle() - 3;

    private MemoryColumn Column<T>(string name, DataViewType type, Func<T> value)
    {
        T[] values = new T[rows];
        for (int i = 0; i < rows; i++) values[i] = value();
        return MemoryColumn.Of(name, type, values);
    }

    private static VBuffer<T> Vector<T>(int length, Func<T> item)
    {
        T[] items = new T[length];
        for (int i = 0; i < length; i++) items[i] = item();
        return new(length, items);
    }
}
