namespace MLNet.Embeddings.Tests;

/// <summary>What the arrays of a network begin with.</summary>
[TestClass]
public sealed class InitialValuesTests
{
    private static readonly Dictionary<string, InitialArray> Nothing = [];

    private static readonly SequenceShape Lstm = new("lstm", KeyCount: 60, Dimensions: 20, SequenceEncoder.Lstm(16, layers: 2, bidirectional: true,
        readout: GruReadout.Attention));
    private static readonly SequenceShape Gru = new("gru", KeyCount: 60, Dimensions: 20, SequenceEncoder.Gru(24));
    private static readonly SequenceShape Windows = new("windows", KeyCount: 60, Dimensions: 20, SequenceEncoder.Convolution([2, 3], filters: 10));
    private static readonly BagShape Bag = new("bag", KeyCount: 60, Dimensions: 20, BagPooling.Mean);
    private static readonly CategoryShape City = new("city", KeyCount: 60, Dimensions: 20);
    private static readonly NumberShape Bins = new("bins", Size: 2, MissingIndicator: false, NumberEncoder.PiecewiseLinear(4, 3), [3, 2]);
    private static readonly NumberShape Waves = new("waves", Size: 2, MissingIndicator: false, NumberEncoder.Periodic(5, 40, deviation: 0.5), [3, 2]);

    private static readonly HeadShape Head = new([30, 20], Normalization: Normalization.Batch, EnsembleSize: 6);

    private readonly IReadOnlyDictionary<string, InitialArray> _arrays = Draw(seed: 1, Lstm, Gru, Windows, Bag, City, Bins, Waves);

    [TestMethod]
    public void Draw_OneSeed_GivesTheSameAndAnotherSeedOthers()
    {
        var again = Draw(seed: 1, Lstm, Gru, Windows, Bag, City, Bins, Waves);
        var other = Draw(seed: 2, Lstm, Gru, Windows, Bag, City, Bins, Waves);

        CollectionAssert.AreEqual(_arrays.Keys.ToArray(), again.Keys.ToArray());
        foreach (var (name, array) in _arrays)
        {
            CollectionAssert.AreEqual(array.Values, again[name].Values, name);
            if (array.Values.Distinct().Count() > 2) CollectionAssert.AreNotEqual(array.Values, other[name].Values, name);
        }
    }

    [TestMethod]
    public void Draw_OtherColumnsBeside_ChangeNoArray()
    {
        var alone = Draw(seed: 1, Gru);
        var last = Draw(seed: 1, Waves, City, Gru);

        foreach (var (name, array) in alone.Where(array => array.Key.StartsWith("columns.", StringComparison.Ordinal)))
        {
            CollectionAssert.AreEqual(array.Values, _arrays[name].Values, name);
            CollectionAssert.AreEqual(array.Values, last[name].Values, name);
        }
        Assert.IsGreaterThan(4, alone.Keys.Count(name => name.StartsWith("columns.", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(alone[HeadShape.LayerWeights(1)].Values, _arrays[HeadShape.LayerWeights(1)].Values);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Draw_GivenTable_IsANetworksOwnWhereItIsTrainedAndSharedWhereNot(bool isTrained)
    {
        var given = new InitialArray([61, 20], Numbers.Random(61 * 20, seed: 3), ArrayRole.Table, isTrained);

        var drawn = ColumnNetwork.Draw(Shape(City), seed: 1, new Dictionary<string, InitialArray> { [City.Table] = given })[City.Table];

        CollectionAssert.AreEqual(given.Values, drawn.Values);
        Assert.AreEqual(isTrained, drawn.IsTrained);
        Assert.AreEqual(!isTrained, ReferenceEquals(given.Values, drawn.Values));
    }

    [TestMethod]
    public void Draw_EveryArray_HasTheExtentsAndTheRoleOfTheForm()
    {
        var shape = Shape(Lstm, Gru, Windows, Bag, City, Bins, Waves);
        string[] scales = ["knots", "heights", "fill", "mean", "deviation"];
        var expected = shape.Weights().Where(weight => !scales.Contains(weight.Name.Split('.')[^1])).ToDictionary(weight => weight.Name, weight =>
            weight.Extents);

        CollectionAssert.AreEquivalent(expected.Keys, _arrays.Keys.ToArray());
        foreach (var (name, array) in _arrays)
        {
            CollectionAssert.AreEqual(expected[name], array.Extents, name);
            Assert.HasCount(expected[name].Aggregate((product, extent) => product * extent), array.Values, name);
            Assert.IsTrue(array.IsTrained);
        }
        AssertRole(ArrayRole.Table, Gru.Table, City.Table);
        AssertRole(ArrayRole.Matrix, Name(Gru, "gru.weight_ih_l0"), Name(Lstm, "lstm.weight_hh_l1_reverse"), Lstm.AttentionWeights,
            HeadShape.LayerWeights(0), HeadShape.LayerWeights(2), Bins.BinWeights);
        AssertRole(ArrayRole.Vector, Name(Gru, "gru.bias_ih_l0"), Lstm.AttentionQuery, HeadShape.LayerBias(0), HeadShape.NormScale(0),
            HeadShape.InputScales(0), Waves.Frequencies, Bins.LinearWeights);
        AssertRole(ArrayRole.Statistic, HeadShape.NormMean(1), HeadShape.NormVariance(1));
    }

    [TestMethod]
    public void Draw_Weights_AreKerasInitialValues()
    {
        AssertUniform(0.05, _arrays[City.Table].Values);
        AssertUniform(0.05, _arrays[Gru.Table].Values[20..]);
        AssertUniform(Math.Sqrt(6.0 / (20 + 24)), Values(Gru, "gru.weight_ih_l0"));
        AssertUniform(Math.Sqrt(6.0 / (20 + 16)), Values(Lstm, "lstm.weight_ih_l0_reverse"));
        AssertUniform(Math.Sqrt(6.0 / (32 + 16)), Values(Lstm, "lstm.weight_ih_l1"));
        AssertUniform(Math.Sqrt(6.0 / (32 + 32)), _arrays[Lstm.AttentionWeights].Values);
        AssertUniform(Math.Sqrt(6.0 / (32 + 1)), _arrays[Lstm.AttentionQuery].Values);
        // As keras.layers.Conv1D counts: inputs and outputs of a position, each times the width.
        AssertUniform(Math.Sqrt(6.0 / (3 * 20 + 3 * 10)), Values(Windows, "convolution.3.weight"));
        AssertUniform(Math.Sqrt(6.0 / (Shape(Lstm, Gru, Windows, Bag, City, Bins, Waves).CombinedSize + 30)), _arrays[HeadShape.LayerWeights(0)].Values);
        AssertUniform(Math.Sqrt(6.0 / (30 + 20)), _arrays[HeadShape.LayerWeights(1)].Values);
        float[] frequencies = _arrays[Waves.Frequencies].Values;
        Assert.AreEqual(0.5, Math.Sqrt(frequencies.Average(value => value * value)), 0.15);
        Assert.IsTrue(frequencies.All(value => Math.Abs(value) <= 1.5));
    }

    [TestMethod]
    public void Draw_Constants_AreZerosAndOnes()
    {
        foreach (string name in new[]
        {
            Name(Gru, "gru.bias_ih_l0"), Name(Gru, "gru.bias_hh_l0"), Name(Lstm, "lstm.bias_hh_l0"), Name(Windows, "convolution.2.bias"), Lstm.AttentionBias,
            HeadShape.LayerBias(0), HeadShape.LayerBias(2), HeadShape.NormShift(0), HeadShape.NormMean(0), Bins.BinWeights,
        }) Assert.IsTrue(_arrays[name].Values.All(value => value == 0), name);
        foreach (string name in new[] { HeadShape.NormScale(0), HeadShape.NormVariance(1), HeadShape.OutputScales(0), HeadShape.InputScales(1),
            HeadShape.OutputScales(1) })
            Assert.IsTrue(_arrays[name].Values.All(value => value == 1), name);
        // Only these make the members of an ensemble differ.
        float[] signs = _arrays[HeadShape.InputScales(0)].Values;
        Assert.IsTrue(signs.All(value => Math.Abs(value) == 1));
        Assert.AreEqual(0, signs.Average(), 0.25);
    }

    [TestMethod]
    public void Draw_Lstm_BeginsWithForgetGatesThatKeep()
    {
        foreach (string suffix in new[] { "l0", "l0_reverse", "l1", "l1_reverse" })
        {
            float[] bias = Values(Lstm, $"lstm.bias_ih_{suffix}");
            // Gates in the order i, f, g, o.
            for (int i = 0; i < bias.Length; i++) Assert.AreEqual(i / 16 == 1 ? 1f : 0, bias[i], suffix);
        }
    }

    [TestMethod]
    public void Draw_RecurrentWeights_AreOrthogonal()
    {
        AssertOrthogonal(Values(Gru, "gru.weight_hh_l0"), units: 24, gates: 3);
        foreach (string suffix in new[] { "l0", "l0_reverse", "l1" }) AssertOrthogonal(Values(Lstm, $"lstm.weight_hh_{suffix}"), units: 16, gates: 4);
        AssertOrthogonal(Draw(seed: 3, Gru with { Encoder = SequenceEncoder.Gru(1) })[Name(Gru, "gru.weight_hh_l0")].Values, units: 1, gates: 3);
    }

    [TestMethod]
    public void Draw_RowZero_IsZerosIfItIsPaddingAndElseDrawn()
    {
        foreach (var padded in new[] { Gru, Lstm, Windows }) Assert.IsTrue(_arrays[padded.Table].Values[..20].All(value => value == 0), padded.Name);
        Assert.IsTrue(_arrays[City.Table].Values[..20].All(value => value != 0));
    }

    [TestMethod]
    public void Draw_GivenArrays_AreTakenAsTheyAreAndChangeNoOthers()
    {
        var given = new InitialArray([61, 20], new float[61 * 20], ArrayRole.Table, IsTrained: false);

        var arrays = ColumnNetwork.Draw(Shape(Gru, City), seed: 1, new Dictionary<string, InitialArray> { [City.Table] = given });

        Assert.AreSame(given, arrays[City.Table]);
        CollectionAssert.AreEqual(_arrays[Gru.Table].Values, arrays[Gru.Table].Values);
    }

    private static NetworkShape Shape(params ColumnShape[] columns) => new(columns, Head, Networks.Labels);

    private static IReadOnlyDictionary<string, InitialArray> Draw(int seed, params ColumnShape[] columns) => ColumnNetwork.Draw(Shape(columns), seed, Nothing);

    private static string Name(ColumnShape column, string array) => column.WeightName(array);

    private float[] Values(ColumnShape column, string array) => _arrays[Name(column, array)].Values;

    private void AssertRole(ArrayRole role, params string[] names)
    {
        foreach (string name in names) Assert.AreEqual(role, _arrays[name].Role, name);
    }

    private static void AssertUniform(double range, float[] values)
    {
        Assert.IsTrue(values.All(value => Math.Abs(value) <= range * 1.00001));
        Assert.IsGreaterThan(0.75 * range, values.Max());
        Assert.IsLessThan(-0.75 * range, values.Min());
        // That of a uniform distribution.
        Assert.AreEqual(range / Math.Sqrt(3), Math.Sqrt(values.Average(value => (double)value * value)), 0.2 * range);
    }

    private static void AssertOrthogonal(float[] weights, int units, int gates)
    {
        Assert.HasCount(gates * units * units, weights);
        foreach (float[] gate in weights.Chunk(units * units))
        {
            double[] products = Numbers.Product(gate, units, gate, units, units);
            for (int i = 0; i < products.Length; i++) Assert.AreEqual(i / units == i % units ? 1 : 0, products[i], 1e-5);
        }
        if (units > 1) CollectionAssert.AreNotEqual(weights[..(units * units)], weights[(units * units)..(2 * units * units)]);
    }
}
