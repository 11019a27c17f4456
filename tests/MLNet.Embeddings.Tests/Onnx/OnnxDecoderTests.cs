using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>Encoder-decoders as ONNX files.</summary>
[TestClass]
public sealed class OnnxDecoderTests
{
    private sealed class Pair
    {
        public string From { get; set; } = "";
        public string To { get; set; } = "";
    }

    private static readonly MLContext Context = new(1);
    private static readonly string[] Words = ["one", "two", "three,", "(four)", "don't", "five."];

    [TestMethod]
    [DataRow(TokenSplit.Word, true, 1, null)]
    [DataRow(TokenSplit.Word, false, 2, null)]
    [DataRow(TokenSplit.Character, true, 1, false)]
    [DataRow(TokenSplit.Whitespace, true, 2, true)]
    public void SaveOnnx_ThatDecodesTokenByToken_WritesTheTextsOfTheModel(TokenSplit split, bool bidirectional, int layers, bool? ties)
    {
        var model = Fit(new()
        {
            SourceTokens = new() { Split = split },
            TargetTokens = new() { Split = split, MinCount = 2 },
            Units = 8,
            Layers = layers,
            Bidirectional = bidirectional,
            TieTargetEmbedding = ties,
            Attention = layers == 1,
            MaxEpochs = 12,
            Seed = 1,
        }).WithDecoding(new DecodingOptions { BeamWidth = 1, MaxLength = 12 });
        Pair[] others = [.. Pairs(40, 2), new(), new() { From = "unknown words" }];

        string? problem = OnnxModels.Problem(model, Context.Data.LoadFromEnumerable(others));

        Assert.IsNull(problem, problem);
    }

    [TestMethod]
    public void SaveOnnx_ThatSearchesByABeam_IsRefusedWithTheCure()
    {
        var model = Fit(new() { Units = 4, MaxEpochs = 1, Seed = 1 });

        var error = Assert.ThrowsExactly<NotSupportedException>(() => OnnxModels.File(model, Context.Data.LoadFromEnumerable(Pairs(1, 1)).Schema));

        StringAssert.StartsWith(
            error.Message, "The model decodes by a beam of 5 outputs and gives 1; an ONNX file takes the most probable token at each place.");
        StringAssert.Contains(error.Message, "model.With(new DecodingOptions { BeamWidth = 1 })");
    }

    private static SequenceToSequenceTransformer Fit(SequenceToSequenceOptions options) =>
        Context.Transforms.Text.SequenceToSequence("Output", "From", "To", options).Fit(Context.Data.LoadFromEnumerable(Pairs(80, 1)));

    private static Pair[] Pairs(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            string[] words = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Words[random.Next(Words.Length)])];
            return new Pair { From = string.Join(' ', words), To = string.Join(' ', words.Reverse()) };
        })];
    }
}
