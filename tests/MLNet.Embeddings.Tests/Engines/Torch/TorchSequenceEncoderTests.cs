using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>The recurrent and convolution encoders beside plain loops in double precision.</summary>
[TestClass]
public sealed class TorchSequenceEncoderTests
{
    private const int Dimensions = 3, Units = 4;

    private static readonly int[] Lengths = [4, 1, 6, 2];

    // A stand-in for the encoder: the code under test takes its settings apart.
    private static readonly SequenceShape Shape = new("text", KeyCount: 9, Dimensions, SequenceEncoder.Mean());

    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    [DataRow(1, false, GruReadout.Last)]
    [DataRow(2, true, GruReadout.Last)]
    [DataRow(2, true, GruReadout.Max)]
    [DataRow(1, false, GruReadout.Attention)]
    public void Encode_Lstm_AgreesWithPlainCode(int layers, bool bidirectional, GruReadout readout)
    {
        var pooling = new GruEncoder(Units, layers, bidirectional, 0, readout).Pooling;
        using var scope = torch.NewDisposeScope();
        int width = bidirectional ? 2 * Units : Units;
        Dictionary<string, (int[] Extents, float[] Values)> weights = [];
        void Add(string name, params int[] extents) =>
            weights[name] = (extents, Numbers.Random(extents.Aggregate((product, extent) => product * extent), weights.Count + 1));
        string[] directions = bidirectional ? ["", "_reverse"] : [""];
        for (int layer = 0; layer < layers; layer++)
        {
            foreach (string direction in directions)
            {
                Add($"weight_ih_l{layer}{direction}", 4 * Units, layer == 0 ? Dimensions : width);
                Add($"weight_hh_l{layer}{direction}", 4 * Units, Units);
                Add($"bias_ih_l{layer}{direction}", 4 * Units);
                Add($"bias_hh_l{layer}{direction}", 4 * Units);
            }
        }
        var initial = weights.ToDictionary(weight => Shape.WeightName($"lstm.{weight.Key}"), weight =>
            new InitialArray(weight.Value.Extents, weight.Value.Values, ArrayRole.Matrix));
        float[] matrix = Numbers.Random(width * width, 50), bias = Numbers.Random(width, 51), query = Numbers.Random(width, 52);
        initial[Shape.AttentionWeights] = new([width, width], matrix, ArrayRole.Matrix);
        initial[Shape.AttentionBias] = new([width], bias, ArrayRole.Vector);
        initial[Shape.AttentionQuery] = new([width], query, ArrayRole.Vector);
        using var arrays = new TorchArrays(initial, torch.CPU);

        var actual = Encode(new TorchLstm(Shape, Units, layers, bidirectional, 0, pooling, arrays));

        double[] expected = [.. Sequences().SelectMany(tokens =>
        {
            for (int layer = 0; layer < layers; layer++)
            {
                double[][] below = tokens;
                double[][][] states = [.. directions.Select(direction => Lstm(weights, $"_l{layer}{direction}", below, reversed: direction.Length > 0))];
                tokens = [.. below.Select((_, token) => states.SelectMany(each => each[token]).ToArray())];
            }
            return pooling switch
            {
                null => [.. tokens[^1][..Units], .. tokens[0][Units..]],
                SequencePooling.Max => [.. Enumerable.Range(0, width).Select(i => tokens.Max(token => token[i]))],
                _ => Attend(tokens, matrix, bias, query),
            };
        })];
        Numbers.AreClose(expected, actual, "vectors");
    }

    [TestMethod]
    public void Encode_Convolution_AgreesWithPlainCode()
    {
        using var scope = torch.NewDisposeScope();
        int[] widths = [1, 3, 8];
        const int Filters = 5;
        var initial = widths.SelectMany(width => new (string Name, InitialArray Array)[]
        {
            (Shape.WeightName($"convolution.{width}.weight"),
                new([Filters, width * Dimensions], Numbers.Random(Filters * width * Dimensions, width), ArrayRole.Matrix)),
            (Shape.WeightName($"convolution.{width}.bias"), new([Filters], Numbers.Random(Filters, 100 + width), ArrayRole.Vector)),
        }).ToDictionary(item => item.Name, item => item.Array);
        using var arrays = new TorchArrays(initial, torch.CPU);

        var actual = Encode(new TorchConvolution(widths, Filters, Shape.WeightName("convolution."), arrays));

        double[] expected = [.. Sequences().SelectMany(tokens => widths.SelectMany(width => Enumerable.Range(0, Filters).Select(filter =>
        {
            double[] values = [.. tokens.SelectMany(token => token), .. new double[Math.Max(0, width - tokens.Length) * Dimensions]];
            float[] weights = initial[Shape.WeightName($"convolution.{width}.weight")].Values;
            return Enumerable.Range(0, values.Length / Dimensions - width + 1).Max(start => Math.Max(0,
                initial[Shape.WeightName($"convolution.{width}.bias")].Values[filter] +
                Enumerable.Range(0, width * Dimensions).Sum(i => values[start * Dimensions + i] * weights[filter * width * Dimensions + i])));
        })))];
        Numbers.AreClose(expected, actual, "vectors");
    }

    /// <summary>The vectors of the sequences, with empty ones among them that must be zeros and are left out.</summary>
    private static float[] Encode(TorchSequenceEncoder encoder)
    {
        int[] lengths = [0, .. Lengths, 0];
        var sequences = new PaddedSequences(lengths, [.. Enumerable.Range(0, Lengths.Sum())], torch.CPU);
        var vectors = sequences.Spread(encoder.Encode(sequences.Pad(torch.tensor(Vectors(), [Lengths.Sum(), Dimensions])), sequences, drops: false));
        float[] values = TorchArrays.Floats(vectors);
        int width = values.Length / lengths.Length;
        CollectionAssert.AreEqual(new float[width], values[..width]);
        CollectionAssert.AreEqual(new float[width], values[^width..]);
        return values[width..^width];
    }

    private static float[] Vectors() => Numbers.Random(Lengths.Sum() * Dimensions, 77);

    private static IEnumerable<double[][]> Sequences()
    {
        double[][] vectors = [.. Vectors().Chunk(Dimensions).Select(vector => vector.Select(value => (double)value).ToArray())];
        int start = 0;
        foreach (int length in Lengths) yield return vectors[start..(start += length)];
    }

    /// <summary>Hochreiter and Schmidhuber's cell with a forget gate, gates in the order i, f, g, o.</summary>
    private static double[][] Lstm(Dictionary<string, (int[] Extents, float[] Values)> weights, string suffix, double[][] tokens, bool reversed)
    {
        double[] state = new double[Units], cell = new double[Units];
        double[][] states = new double[tokens.Length][];
        for (int i = 0; i < tokens.Length; i++)
        {
            int token = reversed ? tokens.Length - 1 - i : i;
            double[] gates = [.. Times(weights["weight_ih" + suffix].Values, tokens[token])
                .Zip(Times(weights["weight_hh" + suffix].Values, state), (input, hidden) => input + hidden)
                .Select((sum, gate) => sum + weights["bias_ih" + suffix].Values[gate] + weights["bias_hh" + suffix].Values[gate])];
            cell = [.. cell.Select((value, unit) => Sigmoid(gates[Units + unit]) * value + Sigmoid(gates[unit]) * Math.Tanh(gates[2 * Units + unit]))];
            states[token] = state = [.. cell.Select((value, unit) => Sigmoid(gates[3 * Units + unit]) * Math.Tanh(value))];
        }
        return states;
    }

    private static double[] Attend(double[][] tokens, float[] weights, float[] bias, float[] query)
    {
        double[] exponentials = [.. tokens.Select(token => Math.Exp(Times(weights, token).Select((value, i) => Math.Tanh(value + bias[i]) * query[i]).Sum()))];
        return [.. Enumerable.Range(0, query.Length).Select(i => tokens.Select((token, row) => exponentials[row] / exponentials.Sum() * token[i]).Sum())];
    }

    private static double[] Times(float[] weights, double[] vector) =>
        [.. weights.Chunk(vector.Length).Select(row => row.Zip(vector, (weight, value) => weight * value).Sum())];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
