namespace MLNet.Embeddings.Tests;

/// <summary>Layers of a head on numbers that one can follow by hand.</summary>
[TestClass]
public sealed class HeadLayerTests
{
    private const float Epsilon = LayerNormalizationLayer.Epsilon;

    private static readonly Pass Training = Pass.Training(0);

    [TestMethod]
    public void BatchNormalization_ThreeRows_IsByHandAndMovesTheStatistics()
    {
        var made = Make(context => new BatchNormalizationLayer(context, 0, units: 2, members: 1),
            (HeadShape.NormScale(0), ArrayRole.Vector, [2, 1]), (HeadShape.NormShift(0), ArrayRole.Vector, [10, 0]),
            (HeadShape.NormMean(0), ArrayRole.Statistic, [1, 1]), (HeadShape.NormVariance(0), ArrayRole.Statistic, [1, 4]));

        float[] y = made.Forward(3, Training, 1, 5, 2, 5, 6, 5);

        // Means 3 and 5; variances 14/3 and 0, without bias 7 and 0.
        double deviation = Math.Sqrt(14.0 / 3 + Epsilon);
        Numbers.AreClose([10 - 4 / deviation, 0, 10 - 2 / deviation, 0, 10 + 6 / deviation, 0], y, "y");
        Numbers.AreClose([0.9 + 0.1 * 3, 0.9 + 0.1 * 5], made.Initial[HeadShape.NormMean(0)], "mean");
        Numbers.AreClose([0.9 + 0.1 * 7, 0.9 * 4], made.Initial[HeadShape.NormVariance(0)], "variance");

        made.Layer.Pack(backward: false);
        Numbers.AreClose([10 + 2 * (4 - 1.2) / Math.Sqrt(1.6 + Epsilon), (5 - 1.4) / Math.Sqrt(3.6 + Epsilon)], made.Forward(1, Pass.Scoring, 4, 5), "scored");
    }

    [TestMethod]
    public void BatchNormalization_OneRow_IsTakenThroughAsInScoring()
    {
        var made = Make(context => new BatchNormalizationLayer(context, 0, units: 2, members: 1),
            (HeadShape.NormScale(0), ArrayRole.Vector, [2, 1]), (HeadShape.NormShift(0), ArrayRole.Vector, [10, 0]),
            (HeadShape.NormMean(0), ArrayRole.Statistic, [1, 1]), (HeadShape.NormVariance(0), ArrayRole.Statistic, [1, 4]));

        float[] trained = made.Forward(1, Training, 3, 5), scored = made.Forward(1, Pass.Scoring, 3, 5);
        float[] xGradients = made.Backward(1, [3, 5], trained, [1, 10]);

        double first = Math.Sqrt(1 + Epsilon), second = Math.Sqrt(4 + Epsilon);
        Numbers.AreClose([10 + 2 * 2 / first, 4 / second], trained, "y");
        CollectionAssert.AreEqual(trained, scored);
        CollectionAssert.AreEqual(new float[] { 1, 1 }, made.Initial[HeadShape.NormMean(0)]);
        CollectionAssert.AreEqual(new float[] { 1, 4 }, made.Initial[HeadShape.NormVariance(0)]);
        Numbers.AreClose([2 / first, 10 / second], xGradients, "gradients of x");
        Numbers.AreClose([2 / first, 10 * 4 / second], made.Gradients(HeadShape.NormScale(0)), "gradients of the scale");
        Numbers.AreClose([1, 10], made.Gradients(HeadShape.NormShift(0)), "gradients of the shift");
    }

    [TestMethod]
    public void BatchNormalization_Estimate_IsThePlainMeanOverBatches()
    {
        var made = Make(context => new BatchNormalizationLayer(context, 0, units: 1, members: 1),
            (HeadShape.NormScale(0), ArrayRole.Vector, [1]), (HeadShape.NormShift(0), ArrayRole.Vector, [0]),
            (HeadShape.NormMean(0), ArrayRole.Statistic, [-50]), (HeadShape.NormVariance(0), ArrayRole.Statistic, [99]));
        var layer = (BatchNormalizationLayer)made.Layer;

        layer.BeginEstimate();
        made.Forward(2, Pass.Scoring, 1, 3); // mean 2, variance 2
        made.Forward(3, Pass.Scoring, 4, 6, 8); // mean 6, variance 4
        made.Forward(1, Pass.Scoring, 1000); // which says nothing of the variance
        made.Forward(2, Pass.Scoring, 0, 2); // mean 1, variance 2
        layer.EndEstimate();
        made.Forward(3, Pass.Scoring, 7, 8, 9);

        Numbers.AreClose([3], made.Initial[HeadShape.NormMean(0)], "mean");
        Numbers.AreClose([8 / 3.0], made.Initial[HeadShape.NormVariance(0)], "variance");
    }

    [TestMethod]
    public void LayerNormalization_Rows_AreNormalisedEachByItself()
    {
        var made = Make(context => new LayerNormalizationLayer(context, 0, units: 2, members: 2),
            (HeadShape.NormScale(0), ArrayRole.Vector, [2, 3]), (HeadShape.NormShift(0), ArrayRole.Vector, [10, 20]));

        // A row of two members; that of the second does not vary.
        float[] y = made.Forward(1, Training, 1, 5, 7, 7);
        float[] xGradients = made.Backward(1, [1, 5, 7, 7], y, [1, 1, 1, 2]);

        double deviation = Math.Sqrt(4 + Epsilon), none = Math.Sqrt(Epsilon);
        Numbers.AreClose([10 - 2 * 2 / deviation, 20 + 3 * 2 / deviation, 10, 20], y, "y");
        // Of two values that must have mean 0 and deviation 1 nothing is free but ε.
        Numbers.AreClose([-2 / none, 2 / none], xGradients.AsSpan(2), "gradients of x where the row does not vary");
        Assert.AreEqual(0, xGradients[0], 1e-5);
        Assert.AreEqual(0, xGradients[1], 1e-5);
        Numbers.AreClose([-2 / deviation, 2 / deviation], made.Gradients(HeadShape.NormScale(0)), "gradients of the scale");
        Numbers.AreClose([2, 3], made.Gradients(HeadShape.NormShift(0)), "gradients of the shift");
    }

    [TestMethod]
    public void Ensemble_TwoMembers_ShareTheWeightsButForTheirScales()
    {
        var head = new HeadShape([1], EnsembleSize: 2);
        var made = Make(context => new EnsembleLayer(context, head, index: 0, inputs: 2),
            (HeadShape.LayerWeights(0), ArrayRole.Matrix, [3, 5]), (HeadShape.LayerBias(0), ArrayRole.Vector, [0.5f, -1]),
            (HeadShape.InputScales(0), ArrayRole.Vector, [1, -1, 2, 1]), (HeadShape.OutputScales(0), ArrayRole.Vector, [1, 10]));

        float[] y = made.Forward(1, Training, 7, 2);
        float[] xGradients = made.Backward(1, [7, 2], y, [1, 100]);

        // (x ∘ r) is (7, -2) and (14, 2); times W it is 11 and 52.
        CollectionAssert.AreEqual(new[] { 11.5f, 519 }, y);
        CollectionAssert.AreEqual(new float[] { 1, 100 }, made.Gradients(HeadShape.LayerBias(0)));
        CollectionAssert.AreEqual(new float[] { 11, 5200 }, made.Gradients(HeadShape.OutputScales(0)));
        // By the products the gradients are 1 and 1000.
        CollectionAssert.AreEqual(new float[] { 7 + 14_000, -2 + 2_000 }, made.Gradients(HeadShape.LayerWeights(0)));
        CollectionAssert.AreEqual(new float[] { 21, 10, 21_000, 10_000 }, made.Gradients(HeadShape.InputScales(0)));
        CollectionAssert.AreEqual(new float[] { 3 + 6_000, -5 + 5_000 }, xGradients);
    }

    [TestMethod]
    public void Combine_ProductWithAZero_HandsTheOtherFactorsOn()
    {
        var made = Combine(ColumnCombination.Multiply);

        float[] y = made.Forward(1, Training, 0, 2, 5, 7, 3);
        float[] xGradients = made.Backward(1, [0, 2, 5, 7, 3], y, [1, 10]);

        // The third column, (3), is projected to (7, 3): 3 · 2 + 1 and 3 · 1 + 0.
        CollectionAssert.AreEqual(new float[] { 0, 2 * 7 * 3 }, y);
        CollectionAssert.AreEqual(new float[] { 5 * 7, 10 * 7 * 3, 0, 10 * 2 * 3, 10 * 2 * 7 }, xGradients);
        CollectionAssert.AreEqual(new float[] { 0, 3 * 10 * 14 }, made.Gradients("projections.C.weight"));
        CollectionAssert.AreEqual(new float[] { 0, 10 * 14 }, made.Gradients("projections.C.bias"));
    }

    [TestMethod]
    public void Combine_Sum_HandsTheGradientsToEachColumn()
    {
        var made = Combine(ColumnCombination.Add);

        float[] y = made.Forward(1, Training, 0, 2, 5, 7, 3);
        float[] xGradients = made.Backward(1, [0, 2, 5, 7, 3], y, [1, 10]);

        CollectionAssert.AreEqual(new float[] { 0 + 5 + 7, 2 + 7 + 3 }, y);
        CollectionAssert.AreEqual(new float[] { 1, 10, 1, 10, 2 + 10 }, xGradients);
        CollectionAssert.AreEqual(new float[] { 3, 30 }, made.Gradients("projections.C.weight"));
    }

    private static Made Combine(ColumnCombination combination)
    {
        ColumnShape[] columns = [new CategoryShape("A", 3, 2), new CategoryShape("B", 3, 2), new CategoryShape("C", 3, 1)];
        var shape = new NetworkShape(columns, new HeadShape([], combination), Networks.Labels);
        return Make(context => new CombineLayer(context, shape),
            (NetworkShape.ProjectionWeights(columns[2]), ArrayRole.Matrix, [2, 1]), (NetworkShape.ProjectionBias(columns[2]), ArrayRole.Vector, [1, 0]));
    }

    private static Made Make(Func<LayerContext, HeadLayer> create, params (string Name, ArrayRole Role, float[] Values)[] arrays)
    {
        var initial = arrays.ToDictionary(array => array.Name, array => new InitialArray([array.Values.Length], array.Values, array.Role));
        var parameters = new TrainableParameters(initial, threads: 1);
        var layer = create(new LayerContext(parameters, 1, DropoutPlan.None));
        parameters.LayOut();
        layer.Pack(backward: true);
        return new Made(layer, parameters, initial.ToDictionary(array => array.Key, array => array.Value.Values));
    }

    /// <summary>A layer and its arrays.</summary>
    private sealed record Made(HeadLayer Layer, TrainableParameters Parameters, Dictionary<string, float[]> Initial)
    {
        internal float[] Forward(int rows, Pass pass, params float[] x)
        {
            float[] y = new float[rows * Layer.Outputs];
            Layer.Require(rows, pass);
            Layer.Forward(new RowRange(0, 0, rows, pass), x, y);
            return y;
        }

        internal float[] Backward(int rows, float[] x, float[] y, float[] yGradients)
        {
            float[] xGradients = new float[rows * Layer.Inputs];
            Layer.Backward(new RowRange(0, 0, rows, Training), x, y, yGradients, xGradients, Parameters.Gradients);
            return xGradients;
        }

        internal float[] Gradients(string name) => Parameters.CopyGradients()[name];
    }
}
