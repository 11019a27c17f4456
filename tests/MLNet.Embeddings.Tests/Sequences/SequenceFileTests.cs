using System.Text.Json;
using System.Text.Json.Nodes;

namespace MLNet.Embeddings.Tests;

/// <summary>An encoder-decoder's entries in a model file: whole, damaged and hostile.</summary>
[TestClass]
public sealed class SequenceFileTests
{
    private const string Cure = "\nCopy or download the file again, or save the model anew.";

    private static readonly SumRow[] Sums = SumRow.All(6, seed: 1);

    private readonly SequenceToSequenceTransformer _model = SequenceEstimators.Fit(
        SequenceEstimators.Tiny with { MaxEpochs = 1, Decoding = new() { Alternatives = 2, LengthPenalty = 0.5 } }, Sums);

    [TestMethod]
    public void Read_WhatWasWritten_IsTheSameNetwork()
    {
        var read = SequenceToSequenceTransformer.Read(CreateEntries().Open());

        CollectionAssert.AreEqual(Rows.Of(_model.Transform(SumRow.View(Sums))), Rows.Of(read.Transform(SumRow.View(Sums))));
        Assert.AreEqual(_model.Decoding, read.Decoding);
        Assert.AreEqual(Networks.Text(_model.History), Networks.Text(read.History));
    }

    [TestMethod]
    [DataRow("weights.safetensors")]
    [DataRow("source.json")]
    [DataRow("target.json")]
    public void Read_OneByteAltered_Throws(string entry)
    {
        var entries = CreateEntries();
        entries.Bytes[entry][^3] ^= 1;

        Refused(entries, $"The model file is damaged: entry '{entry}' cannot be used. Its checksum is not the one written with the model.{Cure}");
    }

    [TestMethod]
    [DataRow("target.json")]
    [DataRow("weights.safetensors")]
    public void Read_EntryMissing_Throws(string entry)
    {
        var entries = CreateEntries();
        entries.Bytes.Remove(entry);

        Refused(entries, $"The model file is damaged: entry '{entry}' cannot be used. It is missing.{Cure}");
    }

    /// <summary>Files made by hand, whose checksums are right.</summary>
    [TestMethod]
    [DataRow("network.longestTarget", "0", "Its longest target would have 0 tokens; it has from 1 to 100000.")]
    [DataRow("network.longestTarget", "2147483647", "Its longest target would have 2147483647 tokens; it has from 1 to 100000.")]
    [DataRow("decoding.maxLength", "2147483647", "MaxLength of decoding must be from 1 to 100000; it was 2147483647.")]
    [DataRow("network.source.encoder.layers", "2", "Source and target have not as many layers.")]
    [DataRow("network.target.encoder.bidirectional", "true", "Its source or its target has no GRU, or the target one that reads backward.")]
    [DataRow("decoding.alternatives", "0", "Alternatives must be from 1 to 256; it was 0.")]
    [DataRow("output", "\"\"", "It has a column without a name.")]
    public void Read_HostileShape_Throws(string path, string value, string cause)
    {
        Refused(CreateEntries((path, value)), $"The model file is damaged: entry 'shape.json' cannot be used. {cause}{Cure}");
    }

    /// <summary>A version that searched greedily unless told otherwise saved no width of the beam.</summary>
    [TestMethod]
    [DataRow("null", "1", 1)]
    [DataRow("null", "3", 6)]
    [DataRow("4", "1", 4)]
    public void Read_BeamOfAnEarlierVersion_SearchesAsThat(string beamWidth, string alternatives, int width)
    {
        var read = SequenceToSequenceTransformer.Read(
            CreateEntries(("decoding.beamWidth", beamWidth), ("decoding.alternatives", alternatives)).Open());

        Assert.AreEqual(width, read.Decoding.Width);
    }

    private MemoryEntries CreateEntries(params (string Path, string Value)[] altered)
    {
        var entries = CreateEntries();
        entries.Write(writer =>
        {
            foreach (string name in entries.Bytes.Keys.Where(name => name != ShapeDocument.EntryName).ToArray())
            {
                byte[] bytes = entries.Bytes[name];
                writer.Write(name, stream => stream.Write(bytes));
            }
            var shape = JsonNode.Parse(entries.Bytes[ShapeDocument.EntryName])!["shape"]!;
            foreach (var (path, value) in altered)
            {
                string[] steps = path.Split('.');
                steps[..^1].Aggregate(shape, (node, step) => node[step]!)[steps[^1]] = JsonNode.Parse(value);
            }
            writer.WriteShape(SequenceToSequenceTransformer.Kind, JsonDocument.Parse(shape.ToJsonString()).RootElement, ElementJson.Default.JsonElement);
        });
        return entries;
    }

    private MemoryEntries CreateEntries() => MemoryEntries.Of(_model, "source.json", "target.json");

    private static void Refused(MemoryEntries entries, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<FormatException>(() => SequenceToSequenceTransformer.Read(entries.Open())).Message);
}
