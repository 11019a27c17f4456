using System.Text.Json;
using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>The training of an encoder-decoder: at each step the wanted class is to be the probable one.</summary>
/// <param name="shape">The network's form.</param>
/// <param name="network">The network.</param>
/// <param name="options">How it is trained.</param>
internal sealed class SequenceTask(EncoderDecoderShape shape, EncoderDecoderNetwork network, SequenceToSequenceOptions options) : LearningTask
{
    private readonly TermIndex _index = new(shape.Target.KeyCount);

    internal override ITrainableNetwork Network => network;

    internal override IEnumerable<(string Name, string Value)> Settings =>
    [
        ("vocabularies or network", CheckpointSettings.Hash(JsonSerializer.SerializeToUtf8Bytes(shape, SequenceJson.Default.EncoderDecoderShape))),
        (nameof(options.TeacherForcing), FormattableString.Invariant($"{options.TeacherForcing} to {options.FinalTeacherForcing}")),
        (nameof(options.LabelSmoothing), FormattableString.Invariant($"{options.LabelSmoothing}")),
    ];

    /// <remarks>Each step of a decoder weighs the same.</remarks>
    internal override double WeightOf(RowBatch batch) => ((SequenceBatch)batch.Columns[1]).TermOfToken.Length + batch.RowCount;

    internal override double Learn(RowBatch batch, double done)
    {
        network.train();
        using var scope = torch.NewDisposeScope();
        var pairs = SequencePairs.Of(batch);
        double ownShare = options.TeacherForcingAt(done);
        if (ownShare < 1) pairs = Sample(pairs, ownShare);
        var loss = network.Loss(pairs, options.LabelSmoothing);
        loss.backward();
        return loss.item<float>() * pairs.Wanted.Length;
    }

    internal override (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(IEnumerable<RowBatch> batches)
    {
        network.eval();
        using var noGradients = torch.no_grad();
        double loss = 0;
        long steps = 0, rightSteps = 0, rows = 0, rightRows = 0;
        foreach (var batch in batches)
        {
            using var scope = torch.NewDisposeScope();
            var pairs = SequencePairs.Of(batch);
            var (losses, best) = network.Judge(pairs);
            loss += losses.Sum();
            ReadOnlySpan<bool> isRight = [.. best.Zip(pairs.Wanted, (found, wanted) => found == wanted)];
            steps += isRight.Length;
            rows += batch.RowCount;
            rightSteps += isRight.Count(true);
            foreach (int length in pairs.Steps.Lengths)
            {
                if (!isRight[..length].Contains(false)) rightRows++;
                isRight = isRight[length..];
            }
        }
        return (loss / steps, [new("TokenAccuracy", (double)rightSteps / steps), new("ExactMatch", (double)rightRows / rows), new("Perplexity", Math.Exp(loss / steps))]);
    }

    internal override TrainedEncoderDecoder Export() => TrainedEncoderDecoder.Of(shape, network.Arrays().Select(array => (array.Name, array.Values)));

    /// <summary>Has the decoder read tokens of its own in the place of some of the target's: those that it finds most probable after the target's own ones before.</summary>
    private SequencePairs Sample(SequencePairs pairs, double ownShare)
    {
        using var noGradients = torch.no_grad();
        // Behind the end nothing would be read, so it is not chosen.
        int[] chosen = network.Judge(pairs, firstClass: 1).Best, keys = pairs.KeysRead;
        using var random = torch.rand(keys.Length);
        float[] chances = random.Floats().ToArray();
        for (int step = 1; step < keys.Length; step++)
        {
            if (keys[step] != 0 && chances[step] >= ownShare) keys[step] = chosen[step - 1];
        }
        return pairs.Reading(keys, _index);
    }
}
