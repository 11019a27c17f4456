using System.Numerics.Tensors;

namespace MLNet.Embeddings;

/// <summary>What each column and token of a row adds to a score, from the baseline's score to the row's.</summary>
/// <param name="Class">Number of the class that is explained; 0 where the label has one output.</param>
/// <param name="Score">The score of the row.</param>
/// <param name="Baseline">The score of the baseline.</param>
/// <param name="Columns">What the columns of the networks add.</param>
/// <param name="WideColumns">What those of the wide part add; empty without one.</param>
internal sealed record RowAttribution(
    int Class, double Score, double Baseline, IReadOnlyList<ColumnAttribution> Columns, IReadOnlyList<ColumnAttribution> WideColumns);

/// <summary>What a column adds.</summary>
/// <param name="Share">What it adds in all.</param>
/// <param name="Tokens">What each of its tokens adds, which sums up to that; empty where it has none.</param>
/// <param name="Attention">The weight of each token in a readout that attends, mean over the networks; empty in others.</param>
internal sealed record ColumnAttribution(double Share, double[] Tokens, float[] Attention)
{
    /// <summary>The same with another share; what the tokens lack of it is shared out evenly.</summary>
    internal ColumnAttribution With(double share)
    {
        double rest = Tokens.Length == 0 ? 0 : (share - Tokens.Sum()) / Tokens.Length;
        return this with { Share = share, Tokens = Array.ConvertAll(Tokens, token => token + rest) };
    }
}

/// <summary>
/// Integrated gradients (Sundararajan et al. 2017, arXiv 1703.01365) of a whole model: along the straight line from the vectors of a baseline to those of a
/// row, through the backward pass of the layers. Belongs to one thread.
/// </summary>
/// <remarks>
/// The integral is a midpoint sum, of more points where what the columns add is not the difference of the scores; what is still left is shared out by size, so
/// that the sum is exact. The baseline has missing categories, empty texts, and for numbers what missing ones count as: their mean, or their median where they
/// are binned or ranked.
/// </remarks>
internal sealed class IntegratedGradients
{
    private const int FewestPoints = 32, MostPoints = 2_048;
    private const long OutputsTogether = 1 << 20;
    private const double Tolerance = 0.002;

    private readonly TrainedModel _model;
    private readonly AttributedNetwork[] _networks;
    private readonly AttributedWide? _wide;
    private readonly int _threads;

    internal IntegratedGradients(TrainedModel model, int threads)
    {
        (_model, _threads) = (model, threads);
        int each = model.Networks.Count == 1 ? threads : 1;
        _networks = [.. model.Networks.Select(network => new AttributedNetwork(network, each))];
        _wide = model.Wide is { } wide ? new AttributedWide(wide) : null;
    }

    /// <summary>Explains a row.</summary>
    /// <param name="row">The row as the networks read it, alone in its batch.</param>
    /// <param name="wideRow">As the wide part reads it; empty without one.</param>
    /// <param name="label">Number of the label.</param>
    /// <param name="classIndex">The class to explain; null for the most probable one.</param>
    internal RowAttribution Explain(ColumnBatch[] row, ColumnBatch[] wideRow, int label, int? classIndex)
    {
        Run(network => network.Read(row));
        _wide?.Read(wideRow);
        int chosen = classIndex ?? MostProbable(label);
        var mixture = _wide is null ? null : _model.Mixture[label];
        var score = ExplainedScore.Of(_model.Shape.Labels, label, chosen, mixture);
        double[] wideSlopes = new double[_wide is null ? 0 : _model.Shape.Outputs];
        for (int points = FewestPoints; ; points *= 4)
        {
            var (ofRow, ofBaseline) = Integrate(score, points, wideSlopes);
            double[] shares = new double[row.Length], wideShares = _wide?.Shares(wideSlopes) ?? [];
            for (int column = 0; column < shares.Length; column++) shares[column] = _networks.Sum(network => network.ShareOf(column));
            double difference = ofRow - ofBaseline, error = difference - shares.Sum() - wideShares.Sum();
            double size = shares.Concat(wideShares).Sum(Math.Abs);
            if (Math.Abs(error) > Tolerance * size && points < MostPoints) continue;

            double scale = size > 0 ? error / size : 0;
            return new RowAttribution(chosen, ofRow, ofBaseline,
                [.. shares.Select((share, i) => Attribute(i, row[i], share + scale * Math.Abs(share)))],
                [.. wideShares.Select((share, i) =>
                    new ColumnAttribution(share, _wide!.TokensOf(i, wideRow, wideSlopes), []).With(share + scale * Math.Abs(share)))]);
        }
    }

    private ColumnAttribution Attribute(int column, ColumnBatch row, double share)
    {
        double[][] tokens = new double[_networks.Length][];
        Run((network, i) => tokens[i] = network.TokensOf(column, row));
        double[] sums = new double[tokens[0].Length];
        foreach (double[] one in tokens) TensorPrimitives.Add<double>(sums, one, sums);
        float[][] attention = [.. _networks.Select(network => network.AttentionOf(column))];
        return new ColumnAttribution(share, sums, [.. Enumerable.Range(0, attention[0].Length).Select(i => attention.Average(one => one[i]))]).With(share);
    }

    /// <summary>Fills in how fast the score rises along the line with what networks and wide part read.</summary>
    /// <returns>The scores of the row and of the baseline.</returns>
    private (double OfRow, double OfBaseline) Integrate(ExplainedScore score, int count, double[] wideSlopes)
    {
        Array.Clear(wideSlopes);
        Run(network => network.Begin());
        // So many points that what comes out at them fits well into memory, however many classes there are.
        int together = (int)Math.Clamp(OutputsTogether / ((long)_networks.Length * _networks[0].Outputs), 1, count);
        for (int first = 0; first < count; first += together)
        {
            Add(score, [.. Enumerable.Range(first, Math.Min(together, count - first)).Select(i => (i + 0.5f) / count)], 1f / count, wideSlopes);
            Run(network => network.Backward());
        }
        double[] ends = Add(score, [1, 0], 0, wideSlopes);
        return (ends[0], ends[1]);
    }

    /// <summary>The scores at points of the line; their gradients, times a weight, go to the networks and are added to those of the wide part.</summary>
    private double[] Add(ExplainedScore score, float[] points, float weight, double[] wideSlopes)
    {
        int stride = _model.Shape.Outputs, perNetwork = _networks[0].Outputs;
        float[] outputs = new float[_networks.Length * points.Length * perNetwork];
        Run((network, i) => network.Forward(points).CopyTo(outputs.AsSpan(i * points.Length * perNetwork)));

        float[] members = new float[_networks.Length * perNetwork], gradients = new float[members.Length];
        double[] wide = new double[wideSlopes.Length], wideGradients = new double[wideSlopes.Length], scores = new double[points.Length];
        for (int point = 0; point < points.Length; point++)
        {
            for (int i = 0; i < _networks.Length; i++)
                outputs.AsSpan((i * points.Length + point) * perNetwork, perNetwork).CopyTo(members.AsSpan(i * perNetwork));
            _wide?.Score(points[point], wide);
            scores[point] = score.Of(members, stride, wide, gradients, wideGradients);
            TensorPrimitives.Multiply(gradients, weight, gradients);
            for (int i = 0; i < _networks.Length; i++)
                gradients.AsSpan(i * perNetwork, perNetwork).CopyTo(_networks[i].OutputGradients[(point * perNetwork)..]);
            for (int i = 0; i < wideSlopes.Length; i++) wideSlopes[i] += weight * wideGradients[i];
        }
        return scores;
    }

    /// <summary>The class that scoring predicts; of a set the one that is in it most probably.</summary>
    private int MostProbable(int label)
    {
        var labels = _model.Shape.Labels;
        if (labels[label].Outputs == 1) return 0;
        int stride = _model.Shape.Outputs;
        List<float> members = [];
        foreach (var network in _networks) members.AddRange(network.Forward([1]));
        float[] scores = new float[stride], wide = new float[stride];
        MemberAverage.Of(labels, members.ToArray(), scores);
        if (_wide is not null)
        {
            double[] said = new double[stride];
            _wide.Score(1, said);
            TensorPrimitives.ConvertTruncating<double, float>(said, wide);
            Mixture.Mix(labels, _model.Mixture, scores, wide);
        }
        return TensorPrimitives.IndexOfMax(scores.AsSpan(labels.Take(label).Sum(one => one.Outputs), labels[label].Outputs));
    }

    private void Run(Action<AttributedNetwork> body) => Run((network, _) => body(network));

    private void Run(Action<AttributedNetwork, int> body) => Parts.Run(_threads, _networks.Length, 1, (_, start, end) =>
    {
        for (int i = start; i < end; i++) body(_networks[i], i);
    });
}
