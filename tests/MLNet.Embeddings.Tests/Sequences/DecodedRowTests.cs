using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DecodedRowTests
{
    [TestMethod]
    public void Get_OnePart_ComputesNoOther()
    {
        var (row, decoded, decoder) = Create();

        decoded.Get(DecodedColumns.Outputs);

        Assert.AreEqual(1, decoder.Outputs.Count(0));
        Assert.ThrowsExactly<IndexOutOfRangeException>(() => decoder.TargetLogProbability(0));
        Assert.AreEqual(1, row.Reads);
    }

    [TestMethod]
    public void Get_PartAfterPart_IsAsAllAtOnce()
    {
        var (_, parts, partDecoder) = Create();
        var (_, whole, wholeDecoder) = Create();
        whole.Get(DecodedColumns.Outputs | DecodedColumns.Attention | DecodedColumns.TargetLogProbability);

        parts.Get(DecodedColumns.TargetLogProbability);
        parts.Get(DecodedColumns.Outputs);
        parts.Get(DecodedColumns.Outputs | DecodedColumns.Attention);

        CollectionAssert.AreEqual(wholeDecoder.Outputs.Keys(0, 0).ToArray(), partDecoder.Outputs.Keys(0, 0).ToArray());
        CollectionAssert.AreEqual(wholeDecoder.Attention(0).ToArray(), partDecoder.Attention(0).ToArray());
        Assert.AreNotEqual(0, wholeDecoder.Attention(0).Length);
        Assert.AreEqual(wholeDecoder.TargetLogProbability(0), partDecoder.TargetLogProbability(0));
    }

    [TestMethod]
    public void Get_NextRow_IsComputedAnew()
    {
        var (row, decoded, decoder) = Create();
        decoded.Get(DecodedColumns.TargetLogProbability);
        double first = decoder.TargetLogProbability(0);

        decoded.Get(DecodedColumns.TargetLogProbability);
        Assert.AreEqual(1, row.Reads);
        row.Set("Source", new VBuffer<uint>(1, [9]));
        row.MoveTo(1);
        decoded.Get(DecodedColumns.TargetLogProbability);

        Assert.AreEqual(2, row.Reads);
        Assert.AreNotEqual(first, decoder.TargetLogProbability(0));
    }

    private static (MemoryRow Row, DecodedRow Decoded, SequenceDecoder Decoder) Create()
    {
        var network = EncoderDecoders.Random(EncoderDecoders.Shape(), seed: 16, bound: 2);
        var decoder = new SequenceDecoder(EncoderDecoders.Layers(network), DecodingSettings.Of(new() { BeamWidth = 1 }, network.Shape));
        var row = new MemoryRow(("Source", new VectorDataViewType(new KeyDataViewType(typeof(uint), 9)), new VBuffer<uint>(3, [3, 1, 4])));
        return (row, new DecodedRow(row, new SequenceReader(KeyReading.Sequence(row, row.Schema["Source"], 9), () => [2, 5]), decoder), decoder);
    }
}
