using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>Trains a network epoch by epoch and keeps its best weights.</summary>
internal sealed class TrainingLoop(ILearningNetwork network, NetworkObjective objective, FitData data, MultiEmbeddingOptions options, SplitMix random, IChannel channel)
{
    private readonly int _batchSize = options.BatchSizeFor(data.TrainingCount);
    private readonly ProgressReporter _progress = new(options);
    private readonly List<EpochResult> _epochs = [];

    /// <returns>The weights of the best epoch, and how training went.</returns>
    /// <exception cref="OperationCanceledException">Training was cancelled before an epoch was validated.</exception>
    /// <exception cref="InvalidOperationException">The loss is no longer a number.</exception>
    internal (TrainedNetwork Network, TrainingHistory History) Run()
    {
        var optimizer = new NetworkOptimizer(network, options);
        var stopping = new EarlyStopping(options.Patience, options.MinDelta);
        bool validates = data.ValidationCount > 0;
        TrainedNetwork? best = null;
        var reason = StopReason.MaxEpochsReached;

        for (int epoch = 1; epoch <= options.MaxEpochs && reason == StopReason.MaxEpochsReached; epoch++)
        {
            try
            {
                long start = Stopwatch.GetTimestamp();
                double trainingLoss = Train(epoch, optimizer);
                using var average = optimizer.UseAverage();
                var result = Judge(epoch, trainingLoss, optimizer.LearningRate, start);
                _epochs.Add(result);
                if (!validates || stopping.IsBest(epoch, result.ValidationLoss!.Value)) best = Export(result);
                if (validates && stopping.ShouldStop(epoch)) reason = StopReason.NoImprovement;
                _progress.Complete(result);
                channel.Info(MessageSensitivity.None, ProgressReporter.Describe(result));
            }
            catch (OperationCanceledException) when (best is not null && validates && options.CancellationToken.IsCancellationRequested)
            {
                reason = StopReason.Cancelled;
                channel.Warning(MessageSensitivity.None, $"Training was cancelled in epoch {epoch}; the model is that of epoch {stopping.BestEpoch}, the best so far.");
            }
        }

        return (best!, new TrainingHistory
        {
            Epochs = _epochs,
            BestEpoch = validates ? stopping.BestEpoch : _epochs.Count,
            StopReason = reason,
            TrainingRows = data.TrainingCount,
            ValidationRows = data.ValidationCount,
            SkippedRows = data.SkippedRows,
        });
    }

    /// <summary>One pass over the training rows; returns their mean loss.</summary>
    private double Train(int epoch, NetworkOptimizer optimizer)
    {
        var feed = data.TrainingBatches(_batchSize, network.Pads, options.Regularization.UnknownDropout, random);
        var loss = new WeightedMean();
        _progress.Begin(epoch, feed.Count);
        int step = 0;
        double[] losses = [.. _epochs.Select(result => result.ValidationLoss).OfType<double>()];
        foreach (var batch in feed.Batches)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            optimizer.LearningRate = options.LearningRate * options.Schedule.Factor((epoch - 1 + (double)step / feed.Count) / options.MaxEpochs, losses);
            double batchLoss = TrainStep(batch, optimizer);
            if (!double.IsFinite(batchLoss)) throw Diverged($"The training loss became {batchLoss} in epoch {epoch}, step {step + 1}", MeanBefore(step, loss));
            loss.Add(batchLoss, batch.Weights.Sum());
            _progress.Step(++step, loss.Value);
        }
        return loss.Value;
    }

    private EpochResult Judge(int epoch, double trainingLoss, double learningRate, long start)
    {
        var (validationLoss, metrics) = data.ValidationCount > 0 ? Validate() : (default(double?), []);
        if (validationLoss is { } validated && !double.IsFinite(validated)) throw Diverged($"The validation loss became {validated} in epoch {epoch}", trainingLoss);
        return new EpochResult
        {
            Epoch = epoch,
            TrainingLoss = trainingLoss,
            ValidationLoss = validationLoss,
            Metrics = metrics,
            LearningRate = learningRate,
            Duration = Stopwatch.GetElapsedTime(start),
        };
    }

    /// <summary>Learns from one batch; returns the weighted sum of its rows' losses.</summary>
    private double TrainStep(RowBatch batch, NetworkOptimizer optimizer)
    {
        optimizer.Clear();
        double loss = network.Learn(batch, objective.Loss);
        if (double.IsFinite(loss)) optimizer.Step();
        return loss;
    }

    private (double? Loss, IReadOnlyList<MetricValue> Metrics) Validate()
    {
        var loss = new WeightedMean();
        var judged = new ScoredRows(objective);
        foreach (var batch in data.ValidationBatches(_batchSize))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            float[] output = network.Score(batch);
            loss.Add(objective.Loss(output, batch, 0, []), batch.Weights.Sum());
            judged.Add(output, batch);
        }
        return (loss.Value, judged.Measure());
    }

    private TrainedNetwork Export(EpochResult result)
    {
        var trained = TrainedNetwork.Of(network.Shape, network.Export().Concat(NumberArrays()));
        return trained.Mismatch() is null ? trained : throw Diverged($"Weights became infinite or NaN in epoch {result.Epoch}", result.TrainingLoss);
    }

    private IEnumerable<(string Name, float[] Values)> NumberArrays() => network.Shape.Columns.Zip(data.Scales)
        .SelectMany(column => column.Second?.Arrays.Select(array => (column.First.WeightName(array.Part), array.Values)) ?? []);

    /// <summary>The mean training loss before a step: that of its epoch, else that of the epoch before; null before the very first step.</summary>
    private double? MeanBefore(int step, WeightedMean loss) => step > 0 ? loss.Value : _epochs.LastOrDefault()?.TrainingLoss;

    private InvalidOperationException Diverged(string what, double? lastLoss) => new(
        $"{what}; {(lastLoss is null ? "it was the first step" : $"the mean training loss before was {lastLoss:G4}")}. " +
        $"Lower LearningRate (it is {options.LearningRate}) or Regularization.MaxGradientNorm (it is {options.Regularization.MaxGradientNorm}).");
}
