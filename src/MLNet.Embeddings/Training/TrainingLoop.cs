using System.Diagnostics;
using System.Globalization;

namespace MLNet.Embeddings;

/// <summary>Trains a network epoch by epoch and keeps its best weights.</summary>
/// <param name="trainee">What is trained.</param>
/// <param name="options">The settings.</param>
/// <param name="checkpoints">Writes its state down now and then; null for never.</param>
/// <param name="log">Takes messages.</param>
/// <param name="isPart">Whether the fit has other parts, for which its end is kept in a checkpoint.</param>
/// <param name="best">Keeps the best weights; in memory if not given.</param>
internal sealed class TrainingLoop(
    Trainee trainee, TrainingOptions options, CheckpointKeeper? checkpoints, FitLog log, bool isPart = false, BestWeights? best = null)
{
    private readonly int _maxEpochs = options.MaxEpochsFor(trainee.TrainingRows);
    private readonly ProgressReporter _progress = new(options, options.MaxEpochsFor(trainee.TrainingRows));
    private readonly EarlyStopping _stopping = new(options.PatienceFor(options.MaxEpochsFor(trainee.TrainingRows)), options.MinDelta);
    private readonly List<EpochResult> _epochs = [];
    private readonly BestWeights _best = best ?? new BestWeights();

    /// <returns>The weights of the best epoch, and how training went.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was validated.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer a number, or a checkpoint cannot be used.</exception>
    internal (IReadOnlyDictionary<string, WeightArray> Weights, TrainingHistory History) Run()
    {
        bool validates = trainee.ValidationRows > 0;
        if (!validates && options.ValidationFraction > 0) log.Warn(NothingHeldOut());
        var position = Resume();
        var reason = validates && _stopping.ShouldStop(_epochs.Count) ? StopReason.NoImprovement : StopReason.MaxEpochsReached;

        for (; position.Epoch <= _maxEpochs && reason == StopReason.MaxEpochsReached; position = new(position.Epoch + 1))
        {
            try
            {
                var result = Pass(position);
                if (validates && _stopping.ShouldStop(position.Epoch)) reason = StopReason.NoImprovement;
                _progress.Complete(result);
                log.Info(ProgressReporter.Describe(result));
                bool goesOn = position.Epoch < _maxEpochs && reason == StopReason.MaxEpochsReached;
                if (goesOn) checkpoints?.Visit(new(result.Epoch + 1), _epochs, _best, epochEnds: true);
            }
            catch (OperationCanceledException) when (_best.Exist && validates && options.CancellationToken.IsCancellationRequested)
            {
                reason = StopReason.Cancelled;
                log.Warn($"Training was cancelled in epoch {position.Epoch}; the model is that of epoch {_stopping.BestEpoch}, the best so far.");
            }
        }

        if (isPart && reason != StopReason.Cancelled) checkpoints?.End(position, _epochs, _best);
        return (_best.Read(), new TrainingHistory
        {
            Epochs = _epochs,
            BestEpoch = BestEpoch,
            StopReason = reason,
            TrainingRows = trainee.TrainingRows,
            ValidationRows = trainee.ValidationRows,
            SkippedRows = trainee.SkippedRows,
        });
    }

    private int BestEpoch => trainee.ValidationRows > 0 ? _stopping.BestEpoch : _epochs.Count;

    private string NothingHeldOut() => string.Create(CultureInfo.InvariantCulture,
        $"No row is held out for validation: ValidationFraction is {options.ValidationFraction} of {trainee.TrainingRows} rows, and a class of one row keeps " +
        $"it. So nothing is measured, and training goes on to epoch {_maxEpochs}. Give a larger fraction, more rows, or validation data to Fit.");

    /// <summary>Where training begins, or goes on from a checkpoint.</summary>
    private TrainingPosition Resume()
    {
        if (checkpoints?.Resume(_best) is not var (checkpoint, held)) return new(1);
        _epochs.AddRange(checkpoint.Epochs);
        foreach (var epoch in _epochs.Where(epoch => epoch.ValidationLoss is not null)) _stopping.IsBest(epoch.Epoch, epoch.ValidationLoss!.Value);
        _best.Resume(BestEpoch, held);
        return checkpoint.Position;
    }

    /// <summary>Trains to the end of an epoch, judges what came of it and keeps it if it is the best.</summary>
    private EpochResult Pass(TrainingPosition position)
    {
        long start = Stopwatch.GetTimestamp();
        var (trainingLoss, learningRate) = Train(position);
        using var average = trainee.UseAverage();
        var result = Judge(position.Epoch, trainingLoss, learningRate, start);
        _epochs.Add(result);
        if (result.ValidationLoss is not { } loss || _stopping.IsBest(result.Epoch, loss)) _best.Keep(result.Epoch, lasts => Export(result, lasts));
        return result;
    }

    /// <summary>The rest of a pass over the training rows; returns the mean loss of the whole pass, and the size of its last step.</summary>
    private (double Loss, double LearningRate) Train(TrainingPosition position)
    {
        var (epoch, step, lossSum, lossWeight) = position;
        var loss = new WeightedMean();
        loss.Add(lossSum, lossWeight);
        double learningRate = options.LearningRate;
        double[] losses = [.. _epochs.Select(result => result.ValidationLoss).OfType<double>()];
        var steps = trainee.Train(epoch, step, (number, count) =>
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            double done = (epoch - 1 + (double)number / count) / _maxEpochs;
            learningRate = options.LearningRate * options.Schedule.Factor(done, losses, options.MinDelta);
            return new StepSettings(learningRate, done);
        });
        _progress.Begin(epoch, steps.Count);
        foreach (var (stepLoss, weight) in steps.Rest)
        {
            if (!double.IsFinite(stepLoss)) throw Diverged($"The training loss became {stepLoss} in epoch {epoch}, step {step + 1}", MeanBefore(step, loss));
            loss.Add(stepLoss, weight);
            _progress.Step(++step, loss.Value);
            checkpoints?.Visit(new(epoch, step, loss.Sum, loss.Weight), _epochs, _best, epochEnds: false);
        }
        return (loss.Value, learningRate);
    }

    private EpochResult Judge(int epoch, double trainingLoss, double learningRate, long start)
    {
        (double Loss, IReadOnlyList<MetricValue> Metrics)? validated = trainee.ValidationRows > 0 ? trainee.Validate(Visit) : null;
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

        void Visit()
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            _progress.Judge(trainingLoss);
        }
    }

    private IReadOnlyDictionary<string, WeightArray> Export(EpochResult result, bool lasts)
    {
        var trained = trainee.Export(lasts);
        return trained.Mismatch() is null ? trained.Weights : throw Diverged($"Weights became infinite or NaN in epoch {result.Epoch}", result.TrainingLoss);
    }

    /// <summary>The mean training loss before a step: that of its epoch, else that of the epoch before; null before the very first step.</summary>
    private double? MeanBefore(int step, WeightedMean loss) => step > 0 ? loss.Value : _epochs.LastOrDefault()?.TrainingLoss;

    private InvalidOperationException Diverged(FormattableString what, double? lastLoss) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{FormattableString.Invariant(what)}; {(lastLoss is { } loss ? $"the mean training loss before was {loss:G4}" : "it was the first step")}. " +
        $"Lower LearningRate (it is {options.LearningRate}) or Regularization.MaxGradientNorm (it is {options.Regularization.MaxGradientNorm})."));
}

/// <summary>Decides from validation losses which epoch is the best so far, and when to stop.</summary>
internal sealed class EarlyStopping(int patience, double minDelta)
{
    private double _best = double.PositiveInfinity;

    /// <summary>Number of the best epoch so far; 0 before the first.</summary>
    internal int BestEpoch { get; private set; }

    /// <summary>Takes an epoch's validation loss, a finite number; true if it is the best so far.</summary>
    internal bool IsBest(int epoch, double loss)
    {
        if (loss >= _best - minDelta) return false;
        (_best, BestEpoch) = (loss, epoch);
        return true;
    }

    /// <summary>True when the last epochs, as many as the patience allows, brought nothing better.</summary>
    internal bool ShouldStop(int epoch) => epoch - BestEpoch >= patience;
}
