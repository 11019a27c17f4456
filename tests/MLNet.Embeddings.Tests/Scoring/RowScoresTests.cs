using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RowScoresTests
{
    [TestMethod]
    public void Getters_SeveralColumnsOfOneRow_ShareOneComputation()
    {
        var row = MemoryRow.OfEveryKind();
        using var mapped = Map(row, "PredictedLabel", "Score", "Probability");
        bool label = false;
        float score = 0, probability = 0;

        mapped.GetGetter<float>(mapped.Schema["Score"])(ref score);
        int reads = row.Reads;
        mapped.GetGetter<float>(mapped.Schema["Probability"])(ref probability);
        mapped.GetGetter<bool>(mapped.Schema["PredictedLabel"])(ref label);

        Assert.AreEqual(reads, row.Reads);
        Assert.AreEqual(score > 0, label);
    }

    [TestMethod]
    [DataRow(1L, DisplayName = "at the next position")]
    [DataRow(-1L, DisplayName = "of a row that has no position")]
    public void Getter_ContentsChanged_ComputesAnew(long position)
    {
        var row = MemoryRow.OfEveryKind();
        row.MoveTo(position < 0 ? -1 : 0);
        using var mapped = Map(row, "Score");
        var getter = mapped.GetGetter<float>(mapped.Schema["Score"]);
        float first = 0, second = 0;
        getter(ref first);

        row.Set("Category", 3u);
        row.MoveTo(position);
        getter(ref second);

        Assert.AreNotEqual(first, second);
    }

    [TestMethod]
    public void Getters_ManyRows_AllocateNothing() => AssertAllocatesNothing(Networks.OfEveryKind());

    [TestMethod]
    [DynamicData(nameof(Encoders))]
    public void Getters_AnyEncoder_AllocateNothing(SequenceEncoder encoder) =>
        AssertAllocatesNothing(Networks.Random(1, [3], new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 3, encoder)));

    private static IEnumerable<SequenceEncoder[]> Encoders => [.. TorchCases.Encoders.Select(encoder => new[] { encoder })];

    private static void AssertAllocatesNothing(TrainedNetwork network)
    {
        var row = MemoryRow.OfEveryKind();
        using var mapped = Map(network, row, "PredictedLabel", "Score", "Probability");
        var label = mapped.GetGetter<bool>(mapped.Schema["PredictedLabel"]);
        var score = mapped.GetGetter<float>(mapped.Schema["Score"]);
        Read(0, 100);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Read(100, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.AreEqual(0, allocated);

        void Read(int first, int last)
        {
            bool predicted = false;
            float value = 0;
            for (int position = first; position < last; position++)
            {
                row.MoveTo(position);
                score(ref value);
                label(ref predicted);
            }
        }
    }

    private static DataViewRow Map(DataViewRow row, params string[] columns) => Map(Networks.OfEveryKind(), row, columns);

    private static DataViewRow Map(TrainedNetwork network, DataViewRow row, params string[] columns)
    {
        var mapper = Networks.Transformer(network).GetRowToRowMapper(row.Schema);
        return mapper.GetRow(row, columns.Select(name => mapper.OutputSchema[name]));
    }
}
