using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Shards of orders, and their scores beside those of scoring here.</summary>
internal static class OrderShards
{
    internal static readonly string[] Names = [.. "abcdefgh".Select(name => $"orders/{name}.csv")];

    private static readonly MLContext Context = new(seed: 1);

    internal static void Write(string folder, string[] names)
    {
        foreach (string name in names)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Context.Data.SaveTable(Context.Data.LoadFromEnumerable(OrderRow.Make(50, Path.GetFileName(name)[0])), path);
        }
    }

    internal static void AssertScores(byte[] model, string shard, string scored, string folder, params string[] kept) =>
        AssertScores(OrderModels.Load(model).ForScoring().Transform(Context.Data.LoadTable(Path.Combine(folder, shard))), scored, kept);

    internal static void AssertScores(byte[] model, OrderRow[] rows, string scored) =>
        AssertScores(OrderModels.Load(model).ForScoring().Transform(Context.Data.LoadFromEnumerable(rows)), scored);

    private static void AssertScores(IDataView expected, string scored, params string[] kept)
    {
        var actual = Context.Data.LoadTable(scored);
        string[] columns = [.. actual.Schema.Select(column => column.Name)];
        CollectionAssert.AreEqual(kept, columns[..kept.Length]);
        string[] slots = expected.Schema["Score"].Type is not VectorDataViewType ? ["Score"]
            : [.. columns.Where(column => column.StartsWith("Score.", StringComparison.Ordinal))];
        CollectionAssert.IsSubsetOf(((string[])["PredictedLabel", .. slots]), columns);
        // The shortest text of a number that is read as the same bits.
        string[][] texts = [.. slots.Select(slot => actual.GetColumn<float>(slot).Select(Text).ToArray())];
        float[][] scores = slots.Length == 1 ? [.. expected.GetColumn<float>("Score").Select(score => new[] { score })]
            : [.. expected.GetColumn<float[]>("Score")];
        for (int slot = 0; slot < slots.Length; slot++) CollectionAssert.AreEqual(scores.Select(row => Text(row[slot])).ToArray(), texts[slot], slots[slot]);
        if (kept.Length > 0) CollectionAssert.AreEqual(expected.GetColumn<string>("Product").ToArray(), actual.GetColumn<string>("Product").ToArray());
    }

    private static string Text(float value) => BitConverter.SingleToInt32Bits(value).ToString(CultureInfo.InvariantCulture);
}
