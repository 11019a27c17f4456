using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>A network's entries in a model file: whole, damaged and hostile.</summary>
[TestClass]
public sealed class ModelFileTests
{
    internal const string Cure = "\nCopy or download the file again, or save the model anew.";

    private readonly TrainedNetwork _network = Networks.OfEveryKind();

    [TestMethod]
    public void Read_WhatWasWritten_IsTheSameNetwork()
    {
        var rows = NetworkRow.View(NetworkRow.Random(20));

        var read = MultiEmbeddingTransformer.Read(CreateEntries().Open());

        CollectionAssert.AreEqual(Networks.Score(_network, rows), Networks.Scores(read.Transform(rows)));
        Assert.AreEqual(Networks.Text(Networks.History), Networks.Text(read.History));
        Assert.AreEqual("MultiEmbedding", CreateEntries().Open().Kind);
    }

    [TestMethod]
    public void Load_AfterAStepOfMLNet_GivesTheSameScores()
    {
        var rows = NetworkRow.View(NetworkRow.Random(20));
        var copying = new MLContext(1).Transforms.CopyColumns("Numbers", "Numbers").Fit(rows);
        var chain = new TransformerChain<ITransformer>(copying, Networks.Transformer(_network));

        var loaded = EstimatorWorkout.SaveAndLoad(chain, rows.Schema);

        CollectionAssert.AreEqual(Networks.Scores(chain.Transform(rows)), Networks.Scores(loaded.Transform(rows)));
    }

    [TestMethod]
    public void Write_AReadNetwork_GivesTheSameBytes()
    {
        var entries = CreateEntries();

        var again = MemoryEntries.Of(MultiEmbeddingTransformer.Read(entries.Open()));

        CollectionAssert.AreEqual(entries.Bytes[ShapeDocument.EntryName], again.Bytes[ShapeDocument.EntryName]);
        CollectionAssert.AreEqual(entries.Bytes[SafeTensors.EntryName], again.Bytes[SafeTensors.EntryName]);
    }

    [TestMethod]
    public void Read_WeightsTruncated_Throws()
    {
        var entries = CreateEntries();
        entries.Bytes[SafeTensors.EntryName] = entries.Bytes[SafeTensors.EntryName][..^4];

        Refused(entries, $"The model file is damaged: entry 'weights.safetensors' cannot be used. Its checksum is not the one written with the model.{Cure}");
    }

    [TestMethod]
    public void Read_WeightsWithOneBitAltered_Throws()
    {
        var entries = CreateEntries();
        entries.Bytes[SafeTensors.EntryName][^3] ^= 1;

        Refused(entries, $"The model file is damaged: entry 'weights.safetensors' cannot be used. Its checksum is not the one written with the model.{Cure}");
    }

    [TestMethod]
    public void Read_ShapeWithOneNumberAltered_Throws()
    {
        var entries = CreateEntries();
        Replace(entries, "\"bestEpoch\": 1", "\"bestEpoch\": 2");

        Refused(entries, $"The model file is damaged: entry 'shape.json' cannot be used. Its checksum is not the one written with the model.{Cure}");
    }

    [TestMethod]
    [DataRow(ShapeDocument.EntryName)]
    [DataRow(SafeTensors.EntryName)]
    public void Read_EntryMissing_Throws(string name)
    {
        var entries = CreateEntries();
        entries.Bytes.Remove(name);

        Refused(entries, $"The model file is damaged: entry '{name}' cannot be used. It is missing.{Cure}");
    }

    [TestMethod]
    [DataRow(ShapeDocument.EntryName)]
    [DataRow(SafeTensors.EntryName)]
    public void Read_EntryThatCannotBeUnpacked_SaysSo(string broken)
    {
        var sound = MemoryEntries.Of(Networks.Transformer(Networks.OfEveryKind()));
        bool Open(string name, Action<Stream> body)
        {
            if (name == broken) throw new InvalidDataException("A local file header is corrupt.");
            body(new MemoryStream(sound.Bytes[name]));
            return true;
        }

        var error = Assert.ThrowsExactly<FormatException>(() => MultiEmbeddingTransformer.Read(new EntryReader(Open)));

        Assert.AreEqual($"The model file is damaged: entry '{broken}' cannot be used. A local file header is corrupt.{Cure}", error.Message);
    }

    [TestMethod]
    public void Read_NewerFormat_SaysToUpdate()
    {
        var entries = CreateEntries();
        Replace(entries, "\"format\": 1", "\"format\": 4");

        Refused(entries,
            "The model was saved in format 4; this version of MLNet.Embeddings (1.0.0.0) reads up to format 3.\n" +
            "Update the package MLNet.Embeddings to the version that saved the model, or a later one.");
    }

    [TestMethod]
    [DataRow("\"format\": 0")]
    [DataRow("\"format\": \"one\"")]
    [DataRow("\"edition\": 1")]
    public void Read_NoFormat_Throws(string replacement)
    {
        var entries = CreateEntries();
        Replace(entries, "\"format\": 1", replacement);

        Refused(entries, $"The model file is damaged: entry 'shape.json' cannot be used. It states no format.{Cure}");
    }

    [TestMethod]
    public void Read_ShapeWithAnyByteAltered_ThrowsOrIsTheSame()
    {
        var entries = CreateEntries();
        byte[] bytes = entries.Bytes[ShapeDocument.EntryName];
        byte[] weights = entries.Bytes[SafeTensors.EntryName];

        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] altered = [.. bytes];
            altered[i] ^= 1;
            entries.Bytes[ShapeDocument.EntryName] = altered;
            CheckRefusedOrSame(entries, bytes, weights, $"byte {i}");
        }
    }

    [TestMethod]
    public void Read_ShapeOfAnyShorterLength_Throws()
    {
        var entries = CreateEntries();
        byte[] bytes = entries.Bytes[ShapeDocument.EntryName];

        for (int length = 0; length < bytes.Length; length++)
        {
            entries.Bytes[ShapeDocument.EntryName] = bytes[..length];
            var error = Assert.ThrowsExactly<FormatException>(() => MultiEmbeddingTransformer.Read(entries.Open()), $"{length} bytes");
            StringAssert.StartsWith(error.Message, "The model file is damaged: entry 'shape.json' cannot be used. ");
        }
    }

    [TestMethod]
    public void Read_ArrayOfOtherExtents_NamesBoth() => Refused(
        Written(With("head.1.bias", new WeightArray([4], new float[4]))),
        $"The model file is damaged: entry 'weights.safetensors' cannot be used. The array 'head.1.bias' is 4; the network's form asks for 3.{Cure}");

    [TestMethod]
    public void Read_ArrayMissing_NamesIt()
    {
        var weights = _network.Weights.Where(weight => weight.Key != "columns.Gru.table").ToDictionary();

        Refused(Written(_network with { Weights = weights }),
            $"The model file is damaged: entry 'weights.safetensors' cannot be used. The array 'columns.Gru.table' is missing.{Cure}");
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void Read_ArrayOfInfiniteNumbers_NamesIt(float value) => Refused(
        Written(With("head.2.bias", WeightArray.Vector([value]))),
        $"The model file is damaged: entry 'weights.safetensors' cannot be used. The array 'head.2.bias' holds infinite numbers or NaN.{Cure}");

    [TestMethod]
    [DataRow(0f)]
    [DataRow(-1f)]
    public void Read_DeviationNotAboveZero_NamesTheArray(float value) => Refused(
        Written(With("columns.Numbers.deviation", WeightArray.Vector([1, value]))),
        "The model file is damaged: entry 'weights.safetensors' cannot be used. The array 'columns.Numbers.deviation' holds numbers that are not above " +
        $"0.{Cure}");

    [TestMethod]
    [DataRow("knots", "knots that do not strictly increase", new float[] { 1, 2, 3, 3, 4 })]
    [DataRow("heights", "heights that fall", new float[] { 1, 2, 2, 3, 2.5f })]
    public void Read_ScaleThatDoesNotRise_NamesTheArray(string part, string fault, float[] values)
    {
        var column = new NumberShape("Numbers", Size: 2, MissingIndicator: false, NumberEncoder.Quantile(), [2, 3]);
        var network = Networks.Random(1, [], column);
        // Where the second number's part begins the arrays may fall.
        new float[] { 5, 6, 1, 2, 3 }.CopyTo(network.Weights[column.Knots].Values, 0);
        Assert.IsNull(network.Mismatch());
        values.CopyTo(network.Weights[column.WeightName(part)].Values, 0);

        Refused(Written(network),
            $"The model file is damaged: entry 'weights.safetensors' cannot be used. The array 'columns.Numbers.{part}' holds {fault}.{Cure}");
    }

    [TestMethod]
    [DynamicData(nameof(NumberEncoders))]
    public void Read_NumberEncoder_IsTheSameNetwork(NumberEncoder encoder, int[] knots)
    {
        var network = Networks.Random(1, [3], new NumberShape("Numbers", Size: 2, MissingIndicator: true, encoder, knots));
        var rows = NetworkRow.View(NetworkRow.Random(20));

        var read = MultiEmbeddingTransformer.Read(MemoryEntries.Of(Networks.Transformer(network)).Open());

        CollectionAssert.AreEqual(Networks.Score(network, rows), Networks.Scores(read.Transform(rows)));
    }

    [TestMethod]
    [DynamicData(nameof(SequenceEncoders))]
    public void Read_SequenceEncoder_IsTheSameNetwork(SequenceEncoder encoder)
    {
        var network = Networks.Random(1, [3], new SequenceShape(nameof(NetworkRow.Gru), KeyCount: 5, Dimensions: 3, encoder));
        var rows = NetworkRow.View(NetworkRow.Random(20));
        var entries = MemoryEntries.Of(Networks.Transformer(network));

        var read = MultiEmbeddingTransformer.Read(entries.Open());

        CollectionAssert.AreEqual(Networks.Score(network, rows), Networks.Scores(read.Transform(rows)));
        CollectionAssert.AreEqual(entries.Bytes[ShapeDocument.EntryName], MemoryEntries.Of(read).Bytes[ShapeDocument.EntryName]);
    }

    private static IEnumerable<SequenceEncoder[]> SequenceEncoders => TorchCases.Encoders.Select(encoder => new[] { encoder });

    private static IEnumerable<object[]> NumberEncoders =>
    [
        [NumberEncoder.Standard(), Array.Empty<int>()], [NumberEncoder.Quantile(), new[] { 3, 1 }],
        [NumberEncoder.PiecewiseLinear(4, 3, NumberBinning.Label), new[] { 5, 1 }], [NumberEncoder.PiecewiseLinear(), new[] { 1, 1 }],
        [NumberEncoder.Periodic(3, 2, 0.1), new[] { 2, 7 }],
    ];

    internal static void Refused(MemoryEntries entries, string message) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<FormatException>(() => MultiEmbeddingTransformer.Read(entries.Open())).Message);

    private static void CheckRefusedOrSame(MemoryEntries entries, byte[] bytes, byte[] weights, string what)
    {
        MultiEmbeddingTransformer read;
        try
        {
            read = MultiEmbeddingTransformer.Read(entries.Open());
        }
        catch (FormatException error)
        {
            StringAssert.Matches(error.Message, new Regex("^(The model file is damaged: entry '|The model was saved in format )"), what);
            return;
        }
        var again = MemoryEntries.Of(read);
        CollectionAssert.AreEqual(bytes, again.Bytes[ShapeDocument.EntryName], what);
        CollectionAssert.AreEqual(weights, again.Bytes[SafeTensors.EntryName], what);
    }

    private static void Replace(MemoryEntries entries, string old, string replacement)
    {
        string text = Encoding.UTF8.GetString(entries.Bytes[ShapeDocument.EntryName]);
        Assert.HasCount(1, Regex.Matches(text, Regex.Escape(old)));
        entries.Bytes[ShapeDocument.EntryName] = Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal));
    }

    private TrainedNetwork With(string name, WeightArray array) =>
        _network with { Weights = new Dictionary<string, WeightArray>(_network.Weights) { [name] = array } };

    /// <summary>Entries with right checksums, whatever they hold.</summary>
    internal static MemoryEntries Written(TrainedNetwork network)
    {
        var entries = new MemoryEntries();
        entries.Write(writer =>
        {
            writer.Write(SafeTensors.EntryName, stream => SafeTensors.Write(stream, network.Weights));
            writer.WriteShape(MultiEmbeddingTransformer.Kind, new SavedNetwork(network.Shape, Networks.History), NetworkJson.Default.SavedNetwork);
        });
        return entries;
    }

    private MemoryEntries CreateEntries() => MemoryEntries.Of(Networks.Transformer(_network));
}
