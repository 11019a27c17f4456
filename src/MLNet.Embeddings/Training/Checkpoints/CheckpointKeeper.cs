using System.Diagnostics;

namespace MLNet.Embeddings;

/// <summary>Writes the state of a training down now and then, and puts it back.</summary>
/// <param name="file">Where.</param>
/// <param name="times">How often.</param>
/// <param name="settings">What the training must be continued with.</param>
/// <param name="trainee">What is trained.</param>
/// <param name="log">Takes messages.</param>
internal sealed class CheckpointKeeper(
    CheckpointFile file, CheckpointTimes times, IReadOnlyDictionary<string, string> settings, Trainee trainee, FitLog log)
{
    private long _last = Stopwatch.GetTimestamp();
    private TimeSpan _taken;
    private TrainingPosition? _written;

    /// <summary>That of a training by its options; null where these ask for none.</summary>
    internal static CheckpointKeeper? Of(TrainingOptions options, Trainee trainee, FitLog log) =>
        options.Checkpoints is { } given
            ? new(new CheckpointFile(given.Folder), new(given.Interval, given.EveryEpochs), CheckpointSettings.Of(options, trainee), trainee, log)
            : null;

    /// <summary>Puts the state of a checkpoint back, if there is one.</summary>
    /// <param name="best">Is asked whether it holds the best weights so far.</param>
    /// <returns>The checkpoint, and the best weights that it held; null for none.</returns>
    /// <exception cref="InvalidOperationException">The checkpoint is damaged, or of other settings or data.</exception>
    /// <exception cref="IOException">The folder cannot be made, or the file not read.</exception>
    internal (Checkpoint Checkpoint, IReadOnlyDictionary<string, WeightArray>? Best)? Resume(BestWeights best)
    {
        file.Prepare();
        if (!file.Exists) return null;
        var (checkpoint, arrays, held) = file.Read();
        CheckpointSettings.RequireSame(file, checkpoint.Settings, settings);
        bool isWhole = checkpoint.Position.Epoch == checkpoint.Epochs.Count + 1
            && checkpoint.Epochs.Index().All(epoch => epoch.Item?.Epoch == epoch.Index + 1)
            && (held.Count == 0 ? checkpoint.Epochs.Count == 0 || best.AreKeptElsewhere : checkpoint.Epochs.Count > 0 && AreOfModel(held));
        if (!isWhole) throw file.Damaged();
        try
        {
            trainee.Restore(new TrainingState(checkpoint.OptimizerSteps, arrays, checkpoint.Generators));
        }
        catch (ArgumentException e)
        {
            // Settings and data are the same: with TrainingBackend.Auto a GPU may be there that was not, or the other way round.
            throw new InvalidOperationException(
                $"The checkpoint '{file.FilePath}' was written by another backend than the one that trains now; set Backend to the one of then " +
                "(Kernels or Torch), give another folder, or delete the checkpoint to train from the beginning.", e);
        }
        _written = checkpoint.Position;
        log.Info($"Training goes on with epoch {checkpoint.Position.Epoch}, step {checkpoint.Position.Step + 1}, from the checkpoint '{file.FilePath}'.");
        return (checkpoint, held.Count == 0 ? null : held);
    }

    /// <summary>Writes the state down if it is time: after a step, or with the position of the next epoch at the end of one.</summary>
    /// <param name="position">How far training has come.</param>
    /// <param name="epochs">How the epochs went that are over.</param>
    /// <param name="best">The best weights so far.</param>
    /// <param name="epochEnds">Whether an epoch has just ended.</param>
    internal void Visit(TrainingPosition position, IReadOnlyList<EpochResult> epochs, BestWeights best, bool epochEnds)
    {
        bool isDue = Stopwatch.GetElapsedTime(_last) >= times.Interval + _taken * times.Spared
            || epochEnds && times.EveryEpochs is { } every && epochs.Count % every == 0;
        if (isDue) Write(position, epochs, best);
    }

    /// <summary>Writes down that training has come to its end, so that a fit of which this is a part does not do it again.</summary>
    /// <inheritdoc cref="Visit" path="/param"/>
    internal void End(TrainingPosition position, IReadOnlyList<EpochResult> epochs, BestWeights best)
    {
        if (position != _written) Write(position, epochs, best);
    }

    private void Write(TrainingPosition position, IReadOnlyList<EpochResult> epochs, BestWeights best)
    {
        long start = Stopwatch.GetTimestamp();
        var state = trainee.Save();
        var checkpoint = new Checkpoint(settings, position, epochs, state.Step, state.Generators);
        if (file.TryWrite(log, file => file.Write(checkpoint, state.Arrays, best.OfCheckpoint)))
        {
            _written = position;
            best.AreOfCheckpoint();
        }
        _last = Stopwatch.GetTimestamp();
        _taken = Stopwatch.GetElapsedTime(start, _last);
    }

    /// <summary>Whether arrays are those of the model that is trained.</summary>
    private bool AreOfModel(IReadOnlyDictionary<string, WeightArray> held)
    {
        var trained = trainee.Export(lasts: false).Weights;
        return trained.Count == held.Count && trained.All(array => held.GetValueOrDefault(array.Key)?.Values.Length == array.Value.Values.Length);
    }
}

/// <summary>How often the state of a training is written down.</summary>
/// <param name="Interval">Time after which it is; null for never within an epoch.</param>
/// <param name="EveryEpochs">Number of epochs after each of which it is; null to go by time alone.</param>
/// <param name="Spared">That time grows by so many times what writing took.</param>
internal sealed record CheckpointTimes(TimeSpan? Interval, int? EveryEpochs, double Spared = 0);
