using System.Collections;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>A model as a pipeline of ML.NET, and the same read from its file without ML.NET.</summary>
internal sealed class BothScorers(ITransformer pipeline)
{
    internal EmbeddingModel Standalone { get; } = EmbeddingModel.Load(new MemoryStream(Save(pipeline)));

    /// <summary>The file that ML.NET writes of a model.</summary>
    internal static byte[] Save(ITransformer model)
    {
        using var file = new MemoryStream();
        new MLContext(1).Model.Save(model, null, file);
        return file.ToArray();
    }

    /// <summary>Scores rows by both, and wants the same columns, types and bits.</summary>
    internal void AssertSame(IEnumerable<Dictionary<string, object?>> rows)
    {
        int count = 0;
        foreach (var row in rows)
        {
            var (expected, actual) = (pipeline.Predict(row), Standalone.Predict(row));
            CollectionAssert.AreEqual(expected.Keys.ToArray(), actual.Keys.ToArray());
            foreach (string name in expected.Keys) AssertSame(expected[name], actual[name], $"row {count}, {name}");
            count++;
        }
        Assert.IsGreaterThan(0, count);
    }

    /// <summary>Both columns' lists, compared without their order.</summary>
    internal void AssertSameColumns() =>
        CollectionAssert.AreEqual(Texts(pipeline.RowColumns()), Texts(Standalone.Columns));

    private static string[] Texts(IEnumerable<RowColumn> columns) =>
        [.. columns.Select(column => $"{column.Name} {column.Kind} {column.IsList} {string.Join('|', column.Terms)}").Order(StringComparer.Ordinal)];

    private static void AssertSame(object? expected, object? actual, string what)
    {
        Assert.AreEqual(expected?.GetType(), actual?.GetType(), what);
        switch (expected)
        {
            case float number:
                Assert.AreEqual(BitConverter.SingleToUInt32Bits(number), BitConverter.SingleToUInt32Bits((float)actual!), what);
                break;
            case OrderedDictionary<string, float> named:
                var other = (OrderedDictionary<string, float>)actual!;
                CollectionAssert.AreEqual(named.Keys.ToArray(), other.Keys.ToArray(), what);
                foreach (var (name, value) in named) AssertSame(value, other[name], $"{what}, {name}");
                break;
            case Array items: CollectionAssert.AreEqual(items, (ICollection)actual!, what); break;
            default: Assert.AreEqual(expected, actual, what); break;
        }
    }
}
