namespace MLNet.Embeddings.Tests;

/// <summary>Metrics of rows that are judged in parts.</summary>
[TestClass]
public sealed class MergedMetricsTests
{
    private static readonly NetworkObjective Objective = new(
        [
            new BinaryObjective(LabelColumn.Binary("B"), [1, 1]),
            new MulticlassObjective(LabelColumn.Multiclass("M"), new MulticlassLabelShape("M", 4, null), [1, 1, 1, 1]),
            new RegressionObjective(LabelColumn.Regression("R"), new RegressionLabelShape("R", Mean: 1e6, Deviation: 3)),
            new SetObjective(LabelColumn.Set("S"), new SetLabelShape("S", 3, null), [[], [0, 2], [1]]),
        ],
        NamesLabels: true);

    [TestMethod]
    public void Measure_PartsInAnyOrder_IsThatOfAllRows()
    {
        const int Rows = 500;
        var random = new Random(1);
        // Few different scores, so that many are equal, and weights whose sums round.
        float[] scores = [.. Enumerable.Range(0, Rows * Objective.Outputs).Select(_ => random.Next(-6, 6) / 4f)];
        float[] weights = [.. Enumerable.Range(0, Rows).Select(_ => MathF.Pow(10, random.Next(-12, 13)) * random.NextSingle())];
        float[][] labels =
        [
            [.. Enumerable.Range(0, Rows).Select(_ => random.Next(5) == 0 ? float.NaN : random.Next(2))],
            [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(3))],
            [.. Enumerable.Range(0, Rows).Select(_ => 1e6f + random.NextSingle())],
            [.. Enumerable.Range(0, Rows).Select(_ => (float)random.Next(3))],
        ];
        NetworkMetrics Judge(Range rows)
        {
            var metrics = new NetworkMetrics(Objective);
            var (first, count) = rows.GetOffsetAndLength(Rows);
            metrics.Add(scores.AsSpan(first * Objective.Outputs, count * Objective.Outputs),
                new RowBatch([], [.. labels.Select(values => values[rows])], weights[rows]));
            return metrics;
        }
        string Text(NetworkMetrics metrics) => string.Join(' ', metrics.Measure().Select(metric => $"{metric.Name} {metric.Value:R}"));
        var all = Judge(..);

        Assert.AreEqual(8, all.Measure().Count(metric => double.IsFinite(metric.Value)));
        for (int seed = 0; seed < 20; seed++)
        {
            int[] cuts = [0, .. Enumerable.Range(0, 4).Select(_ => random.Next(Rows)).Order(), Rows];
            byte[][] parts = [.. cuts.Zip(cuts.Skip(1), (from, to) => Merges.Bytes(Judge(from..to)))];
            random.Shuffle(parts);

            Assert.AreEqual(Text(all), Text(Merges.Merge(new NetworkMetrics(Objective), parts)));
        }
        Merges.RefusesDamage(Judge(..20), () => new NetworkMetrics(Objective));
    }

    [TestMethod]
    public void Merge_MetricsOfOtherLabels_IsRefused()
    {
        byte[] one = Merges.Bytes(new NetworkMetrics(Networks.Objective));

        Merges.Refuses(new NetworkMetrics(Objective), one);
        Merges.Refuses(new NetworkMetrics(new([Objective.Labels[2]], false)), one);
    }
}
