using System.Text.Json;

namespace MLNet.Embeddings;

/// <summary>The training of an encoder-decoder: at each step the wanted class is to be the probable one.</summary>
/// <param name="network">The network.</param>
/// <param name="options">How it is trained.</param>
/// <param name="seed">Seed of the random streams.</param>
internal sealed class SequenceLearner(ITrainableEncoderDecoder network, SequenceToSequenceOptions options, int seed) : Learner
{
    private readonly TermIndex _index = new(network.Shape.Target.KeyCount);
    private double[] _losses = [];
    private int[] _best = [];

    internal override ITrainable Network => network;

    internal override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("vocabularies or network", CheckpointSettings.Hash(JsonSerializer.SerializeToUtf8Bytes(network.Shape, SequenceJson.Default.EncoderDecoderShape))),
        (nameof(options.TeacherForcing), FormattableString.Invariant($"{options.TeacherForcing} to {options.FinalTeacherForcing}")),
        (nameof(options.LabelSmoothing), FormattableString.Invariant($"{options.Smoothing}")),
    ];

    /// <remarks>Each step of a decoder weighs the same.</remarks>
    internal override double WeightOf(RowBatch batch) => ((SequenceBatch)batch.Columns[1]).TokenCount + batch.RowCount;

    internal override double Learn(RowBatch batch, double done, long step)
    {
        var pairs = SequencePairs.Of(batch);
        double ownShare = options.TeacherForcingAt(done);
        if (ownShare < 1) pairs = Sample(pairs, ownShare, RandomStreams.Of(seed, RandomPurpose.TeacherForcing, step));
        return network.Learn(pairs, options.Smoothing) * pairs.Wanted.Length;
    }

    internal override (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(IEnumerable<RowBatch> batches)
    {
        double loss = 0;
        long steps = 0, rightSteps = 0, rows = 0, rightRows = 0;
        foreach (var batch in batches)
        {
            var pairs = SequencePairs.Of(batch);
            Judge(pairs, firstClass: 0);
            steps += pairs.Wanted.Length;
            rows += batch.RowCount;
            int step = 0;
            foreach (int length in pairs.Steps.Lengths)
            {
                int right = 0;
                for (int end = step + length; step < end; step++)
                {
                    loss += _losses[step];
                    if (_best[step] == pairs.Wanted[step]) right++;
                }
                rightSteps += right;
                if (right == length) rightRows++;
            }
        }
        loss /= steps;
        return (loss, [new("TokenAccuracy", (double)rightSteps / steps), new("ExactMatch", (double)rightRows / rows), new("Perplexity", Math.Exp(loss))]);
    }

    internal override TrainedEncoderDecoder Export() => TrainedEncoderDecoder.Of(network.Shape, network.Export());

    /// <summary>
    /// Has the decoder read tokens of its own in the place of some of the target's: those that it finds most probable after the target's own ones before.
    /// </summary>
    private SequencePairs Sample(SequencePairs pairs, double ownShare, SplitMix random)
    {
        // Behind the end nothing would be read, so it is not chosen.
        Judge(pairs, firstClass: 1);
        int[] keys = pairs.KeysRead;
        for (int step = 1; step < keys.Length; step++)
        {
            if (keys[step] != 0 && random.NextDouble() >= ownShare) keys[step] = _best[step - 1];
        }
        return pairs.Reading(keys, _index);
    }

    private void Judge(SequencePairs pairs, int firstClass)
    {
        int steps = pairs.Wanted.Length;
        if (_best.Length < steps) (_losses, _best) = (new double[steps + steps / 4], new int[steps + steps / 4]);
        network.Judge(pairs, firstClass, _losses.AsSpan(0, steps), _best.AsSpan(0, steps));
    }
}
