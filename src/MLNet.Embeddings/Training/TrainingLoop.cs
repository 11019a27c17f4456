using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Trains a network epoch by epoch and keeps its best weights.</summary>
internal sealed class TrainingLoop(LearningTask task, FitData data, TrainingOptions options, int seed, SplitMix random, IChannel channel)
{
    private readonly int _batchSize = options.BatchSizeFor(data.TrainingCount);
    private readonly ProgressReporter _progress = new(options);
    private readonly NetworkOptimizer _optimizer = new(task.Network, options);
    private readonly EarlyStopping _stopping = new(options.Patience, options.MinDelta);
    private readonly List<EpochResult> _epochs = [];
    private CheckpointKeeper? _checkpoints;
    private IReadOnlyDictionary<string, WeightArray>? _best;

    /// <returns>The weights of the best epoch, and how training went.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was validated.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer a number, or a checkpoint cannot be used.</exception>
    internal (IReadOnlyDictionary<string, WeightArray> Weights, TrainingHistory History) Run()
    {
        bool validates = data.ValidationCount > 0;
        var position = Resume();
        var reason = validates && _stopping.ShouldStop(_epochs.Count) ? StopReason.NoImprovement : StopReason.MaxEpochsReached;

        for (; position.Epoch <= options.MaxEpochs && reason == StopReason.MaxEpochsReached; position = new(position.Epoch + 1, random.State))
        {
            try
            {
                var result = Pass(position);
                if (validates && _stopping.ShouldStop(position.Epoch)) reason = StopReason.NoImprovement;
                _progress.Complete(result);
                channel.Info(MessageSensitivity.None, ProgressReporter.Describe(result));
                _checkpoints?.Visit(() => new(result.Epoch + 1, random.State), _epochs, _best, epochEnds: true);
            }
            catch (OperationCanceledException) when (_best is not null && validates && options.CancellationToken.IsCancellationRequested)
            {
                reason = StopReason.Cancelled;
                channel.Warning(MessageSensitivity.None, $"Training was cancelled in epoch {position.Epoch}; the model is that of epoch {_stopping.BestEpoch}, the best so far.");
            }
        }

        if (reason != StopReason.Cancelled) _checkpoints?.Delete();
        return (_best!, new TrainingHistory
        {
            Epochs = _epochs,
            BestEpoch = validates ? _stopping.BestEpoch : _epochs.Count,
            StopReason = reason,
            TrainingRows = data.TrainingCount,
            ValidationRows = data.ValidationCount,
            SkippedRows = data.SkippedRows,
        });
    }

    /// <summary>Where training begins, or goes on from a checkpoint.</summary>
    private TrainingPosition Resume()
    {
        if (options.Checkpoints is null) return new(1, random.State);
        _checkpoints = new CheckpointKeeper(options.Checkpoints, CheckpointSettings.Of(options, seed, task, data), task.Network, _optimizer, channel);
        if (_checkpoints.Resume() is not var (checkpoint, best)) return new(1, random.State);
        _epochs.AddRange(checkpoint.Epochs);
        foreach (var epoch in _epochs.Where(epoch => epoch.ValidationLoss is not null)) _stopping.IsBest(epoch.Epoch, epoch.ValidationLoss!.Value);
        _best = best;
        random.State = checkpoint.Position.Random;
        return checkpoint.Position;
    }

    /// <summary>Trains to the end of an epoch, judges what came of it and keeps it if it is the best.</summary>
    private EpochResult Pass(TrainingPosition position)
    {
        long start = Stopwatch.GetTimestamp();
        double trainingLoss = Train(position);
        using var average = _optimizer.UseAverage();
        var result = Judge(position.Epoch, trainingLoss, _optimizer.LearningRate, start);
        _epochs.Add(result);
        if (result.ValidationLoss is not { } loss || _stopping.IsBest(result.Epoch, loss)) _best = Export(result);
        return result;
    }

    /// <summary>The rest of a pass over the training rows; returns the mean loss of the whole pass.</summary>
    private double Train(TrainingPosition position)
    {
        var (epoch, begin, step, lossSum, lossWeight) = position;
        var feed = data.TrainingBatches(_batchSize, task.Network.Pads, options.Regularization.UnknownDropout, random);
        var loss = new WeightedMean();
        loss.Add(lossSum, lossWeight);
        _progress.Begin(epoch, feed.Count);
        double[] losses = [.. _epochs.Select(result => result.ValidationLoss).OfType<double>()];
        foreach (var batch in feed.Batches.Skip(step))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            double done = (epoch - 1 + (double)step / feed.Count) / options.MaxEpochs;
            _optimizer.LearningRate = options.LearningRate * options.Schedule.Factor(done, losses);
            double batchLoss = TrainStep(batch, done);
            if (!double.IsFinite(batchLoss)) throw Diverged($"The training loss became {batchLoss} in epoch {epoch}, step {step + 1}", MeanBefore(step, loss));
            loss.Add(batchLoss, task.WeightOf(batch));
            _progress.Step(++step, loss.Value);
            _checkpoints?.Visit(() => new(epoch, begin, step, loss.Sum, loss.Weight), _epochs, _best, epochEnds: false);
        }
        return loss.Value;
    }

    private EpochResult Judge(int epoch, double trainingLoss, double learningRate, long start)
    {
        (double Loss, IReadOnlyList<MetricValue> Metrics)? validated = data.ValidationCount > 0 ? task.Validate(ValidationBatches()) : null;
        if (validated is var (loss, _) && !double.IsFinite(loss)) throw Diverged($"The validation loss became {loss} in epoch {epoch}", trainingLoss);
        return new EpochResult
        {
            Epoch = epoch,
            TrainingLoss = trainingLoss,
            ValidationLoss = validated?.Loss,
            Metrics = validated?.Metrics ?? [],
            LearningRate = learningRate,
            Duration = Stopwatch.GetElapsedTime(start),
        };
    }

    /// <summary>Learns from one batch; returns its weighted loss.</summary>
    private double TrainStep(RowBatch batch, double done)
    {
        _optimizer.Clear();
        double loss = task.Learn(batch, done);
        if (double.IsFinite(loss)) _optimizer.Step();
        return loss;
    }

    private IEnumerable<RowBatch> ValidationBatches()
    {
        foreach (var batch in data.ValidationBatches(_batchSize))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            yield return batch;
        }
    }

    private IReadOnlyDictionary<string, WeightArray> Export(EpochResult result)
    {
        var trained = task.Export();
        return trained.Mismatch() is null ? trained.Weights : throw Diverged($"Weights became infinite or NaN in epoch {result.Epoch}", result.TrainingLoss);
    }

    /// <summary>The mean training loss before a step: that of its epoch, else that of the epoch before; null before the very first step.</summary>
    private double? MeanBefore(int step, WeightedMean loss) => step > 0 ? loss.Value : _epochs.LastOrDefault()?.TrainingLoss;

    private InvalidOperationException Diverged(string what, double? lastLoss) => new(
        $"{what}; {(lastLoss is null ? "it was the first step" : $"the mean training loss before was {lastLoss:G4}")}. " +
        $"Lower LearningRate (it is {options.LearningRate}) or Regularization.MaxGradientNorm (it is {options.Regularization.MaxGradientNorm}).");
}
