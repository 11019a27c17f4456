using System.Text.Json;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class SequenceEncoderTests
{
    [TestMethod]
    public void Equals_SameSettings_AreEqual()
    {
        Assert.AreEqual(SequenceEncoder.Lstm(8, layers: 2), SequenceEncoder.Lstm(8, layers: 2));
        Assert.AreNotEqual(SequenceEncoder.Lstm(8), SequenceEncoder.Gru(8));
        Assert.AreEqual(SequenceEncoder.Convolution(), SequenceEncoder.Convolution([3, 4, 5], 100));
        Assert.AreEqual(SequenceEncoder.Convolution([2, 1]).GetHashCode(), SequenceEncoder.Convolution([2, 1]).GetHashCode());
        Assert.AreNotEqual(SequenceEncoder.Convolution([2, 1]), SequenceEncoder.Convolution([1, 2]));
        Assert.AreNotEqual(SequenceEncoder.Convolution([2], 1), SequenceEncoder.Convolution([2], 2));
    }

    [TestMethod]
    public void Convolution_ListThatChangesLater_IsNotSeen()
    {
        List<int> widths = [2, 3];
        var encoder = SequenceEncoder.Convolution(widths);

        widths.Add(4);

        Assert.AreEqual(SequenceEncoder.Convolution([2, 3]), encoder);
    }

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Faults_EachWrongSetting_IsASentence(SequenceEncoder encoder, string[] expected) =>
        CollectionAssert.AreEqual(expected, encoder.Faults("text").ToArray());

    [TestMethod]
    public void Faults_AllowedSettings_AreNone()
    {
        foreach (var encoder in (SequenceEncoder[])[
            SequenceEncoder.Lstm(), SequenceEncoder.Lstm(4096, 16, true, 0.5, GruReadout.Attention),
            SequenceEncoder.Convolution(), SequenceEncoder.Convolution([1, 16], 4096)])
            Assert.AreEqual("", string.Join(' ', encoder.Faults("text")));
    }

    [TestMethod]
    [DataRow("""{"kind":"lstm","units":8,"layers":2,"bidirectional":true,"dropout":0.5,"readout":"Max"}""")]
    [DataRow("""{"kind":"gru","units":8,"layers":1,"bidirectional":false,"dropout":0,"readout":"Last"}""")]
    [DataRow("""{"kind":"convolution","widths":[2,3],"filters":7}""")]
    public void Json_WrittenAndRead_IsTheSame(string json)
    {
        var encoder = JsonSerializer.Deserialize(json, NetworkJson.Default.SequenceEncoder)!;
        using var written = JsonDocument.Parse(JsonSerializer.Serialize(encoder, NetworkJson.Default.SequenceEncoder));

        Assert.AreEqual(json, JsonSerializer.Serialize(written.RootElement));
    }

    [TestMethod]
    public void Weights_Lstm_HasTorchsArrays()
    {
        var shape = new SequenceShape("text", 9, 3, SequenceEncoder.Lstm(4, layers: 2, bidirectional: true, readout: GruReadout.Attention));

        Assert.AreEqual(8, shape.OutputSize);
        CollectionAssert.AreEqual(
            (string[])
            [
                "columns.text.table 10 3",
                "columns.text.lstm.weight_ih_l0 16 3", "columns.text.lstm.weight_hh_l0 16 4",
                "columns.text.lstm.bias_ih_l0 16", "columns.text.lstm.bias_hh_l0 16",
                "columns.text.lstm.weight_ih_l0_reverse 16 3", "columns.text.lstm.weight_hh_l0_reverse 16 4",
                "columns.text.lstm.bias_ih_l0_reverse 16", "columns.text.lstm.bias_hh_l0_reverse 16",
                "columns.text.lstm.weight_ih_l1 16 8", "columns.text.lstm.weight_hh_l1 16 4",
                "columns.text.lstm.bias_ih_l1 16", "columns.text.lstm.bias_hh_l1 16",
                "columns.text.lstm.weight_ih_l1_reverse 16 8", "columns.text.lstm.weight_hh_l1_reverse 16 4",
                "columns.text.lstm.bias_ih_l1_reverse 16", "columns.text.lstm.bias_hh_l1_reverse 16",
                "columns.text.attention.weight 8 8", "columns.text.attention.bias 8", "columns.text.attention.query 8",
            ],
            Arrays(shape));
    }

    [TestMethod]
    public void Weights_Convolution_HasAnArrayAndABiasForEachWidth()
    {
        var shape = new SequenceShape("text", 9, 3, SequenceEncoder.Convolution([2, 5], 7));

        Assert.AreEqual(14, shape.OutputSize);
        CollectionAssert.AreEqual(
            (string[])
            [
                "columns.text.table 10 3", "columns.text.convolution.2.weight 7 6", "columns.text.convolution.2.bias 7",
                "columns.text.convolution.5.weight 7 15", "columns.text.convolution.5.bias 7",
            ],
            Arrays(shape));
    }

    private static string[] Arrays(SequenceShape shape) => [.. shape.Weights().Select(array => $"{array.Name} {string.Join(' ', array.Extents)}")];

    private static IEnumerable<object[]> Wrong() =>
    [
        [SequenceEncoder.Lstm(0), Sentences("The units of the LSTM of column 'text' must be from 1 to 4096; they were 0.")],
        [
            SequenceEncoder.Lstm(4097, 17, dropout: 1, readout: (GruReadout)9),
            Sentences(
                "The units of the LSTM of column 'text' must be from 1 to 4096; they were 4097.",
                "The layers of the LSTM of column 'text' must be from 1 to 16; they were 17.",
                "The dropout of the LSTM of column 'text' must be from 0 to below 1; it was 1.",
                "The readout of the LSTM of column 'text' must be Last, Mean, Max or Attention; it was 9."),
        ],
        [SequenceEncoder.Convolution([]), Sentences("The convolution of column 'text' must have from 1 to 8 widths; it had 0.")],
        [SequenceEncoder.Convolution([1, 2, 3, 4, 5, 6, 7, 8, 9]), Sentences("The convolution of column 'text' must have from 1 to 8 widths; it had 9.")],
        [
            SequenceEncoder.Convolution([0, 3, 17, 3], 4097),
            Sentences(
                "The widths of the convolution of column 'text' must be from 1 to 16; one was 0.",
                "The widths of the convolution of column 'text' must be from 1 to 16; one was 17.",
                "The widths of the convolution of column 'text' must be different; 3 was there 2 times.",
                "The filters of the convolution of column 'text' must be from 1 to 4096; they were 4097."),
        ],
    ];

    private static string[] Sentences(params string[] sentences) => sentences;
}
