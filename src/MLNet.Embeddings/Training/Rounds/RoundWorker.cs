namespace MLNet.Embeddings;

/// <summary>One of the workers that train a network together: it has rows of its own, and a copy of the network. Belongs to one thread at a time.</summary>
internal sealed class RoundWorker : IDisposable
{
    private readonly KernelColumns _network;
    private readonly ColumnLearner _learner;
    private readonly FitData _data;
    private readonly RegularizationOptions _regularization;
    private readonly RoundOptions _rounds;
    private readonly Replica _replica;
    private readonly TouchedRowsFinder _finder;
    private readonly NetworkObjective _objective;
    private readonly int _batchRows, _seed, _batchCount;
    private readonly IReadOnlyList<TouchedRows> _validated;
    private IEnumerator<RowBatch>? _feed;
    private int _epoch, _taken;
    private RoundPlace _place;
    private RoundBatches? _batches;

    /// <param name="network">The network, at its initial weights.</param>
    /// <param name="data">The rows of the worker.</param>
    /// <param name="objective">What is learned.</param>
    /// <param name="options">The settings.</param>
    /// <param name="rounds">How training is divided.</param>
    /// <param name="batchRows">Rows of a step.</param>
    /// <param name="seed">Seed of what is random here: <see cref="SeedOf"/>.</param>
    internal RoundWorker(
        KernelColumns network, FitData data, NetworkObjective objective, MultiEmbeddingOptions options, RoundOptions rounds, int batchRows, int seed)
    {
        (_network, _data, _objective, _regularization, _rounds) = (network, data, objective, options.Regularization, rounds);
        (_batchRows, _seed) = (batchRows, seed);
        _learner = new ColumnLearner(network, objective, data.Scales, options.Labels, []);
        _replica = new Replica(network, rounds.HalfPrecision);
        _finder = new TouchedRowsFinder(_replica.Tables);
        _batchCount = data.BatchCount(batchRows);
        _validated = _finder.Of([.. data.ValidationBatches(batchRows)]);
    }

    /// <summary>Seed of what is random with a worker.</summary>
    internal static int SeedOf(int seed, int number) => (int)RandomStreams.Key(seed, RandomPurpose.Worker, number);

    /// <summary>What it has.</summary>
    /// <param name="bytes">Memory of its rows.</param>
    internal WorkerRows Rows(long bytes) => new(
        _data.TrainingCount, _data.ValidationCount, _data.SkippedRows, _batchCount, bytes,
        Message.Of(writer => _replica.WriteNeeds(writer, _validated)));

    /// <summary>Answers a call of a round.</summary>
    /// <param name="call">What is asked for.</param>
    /// <param name="reader">The message.</param>
    /// <param name="writer">Takes the answer.</param>
    /// <param name="cancellation">Ends it.</param>
    internal void Answer(WorkerCall call, BinaryReader reader, BinaryWriter writer, CancellationToken cancellation)
    {
        switch (call)
        {
            case WorkerCall.Locate:
                Locate(RoundPlace.Read(reader));
                _replica.WriteNeeds(writer, _batches!.Touched);
                break;
            case WorkerCall.Train: Train(reader, writer, cancellation); break;
            default: Judge(reader, writer, cancellation); break;
        }
    }

    public void Dispose()
    {
        _feed?.Dispose();
        _network.Dispose();
    }

    /// <summary>Takes the batches of a round, in passing over those before where it does not follow the last one.</summary>
    private void Locate(RoundPlace place)
    {
        if (_batches is not null && place == _place) return;
        int start = place.Start(_batchCount), end = place.End(_batchCount);
        if (_feed is null || _epoch != place.Epoch || _taken > start)
        {
            _feed?.Dispose();
            var unknown = new UnknownDropout(_regularization.UnknownDropout, RandomStreams.Of(_seed, RandomPurpose.UnknownDropout, place.Epoch));
            var order = RandomStreams.Of(_seed, RandomPurpose.Order, place.Epoch);
            _feed = _data.TrainingBatches(_batchRows, bucketed: false, unknown, order).Batches.GetEnumerator();
            (_epoch, _taken) = (place.Epoch, 0);
        }
        while (_taken < start) TakeBatch();
        List<RowBatch> batches = [];
        while (_taken < end) batches.Add(TakeBatch());
        (_place, _batches) = (place, new RoundBatches(batches, _finder.Of(batches)));
    }

    private RowBatch TakeBatch()
    {
        if (!_feed!.MoveNext())
            throw new InvalidOperationException($"The rows of a worker have become fewer: there is no batch {_taken + 1} of {_batchCount}.");
        _taken++;
        return _feed.Current;
    }

    private void Train(BinaryReader reader, BinaryWriter writer, CancellationToken cancellation)
    {
        var place = RoundPlace.Read(reader);
        double learningRate = reader.ReadDouble(), done = reader.ReadDouble();
        bool goesOn = reader.ReadBoolean();
        if (_batches is null || place != _place) throw RoundCoding.Damaged($"round {place.Number} of epoch {place.Epoch}, which was not located");
        _replica.Take(reader);
        var (batches, touched) = _batches;
        if (!_rounds.AveragesGradients) _replica.Begin(touched);
        double loss = 0, weight = 0;
        // So another worker that takes the place of this one computes the same.
        if (_rounds.AveragesGradients) _network.SetSteps(checked((place.Epoch - 1) * place.Count + place.Number));
        foreach (var batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            double batchLoss = _learner.Learn(batch, done, step: 0);
            loss += batchLoss;
            weight += _learner.WeightOf(batch);
            if (!_rounds.AveragesGradients && double.IsFinite(batchLoss)) _network.Step(learningRate);
        }
        writer.Write(batches.Sum(batch => batch.RowCount));
        writer.Write(batches.Count);
        writer.Write(loss);
        writer.Write(weight);
        if (batches.Count > 0)
        {
            if (_rounds.AveragesGradients) _replica.WriteGradients(writer, touched);
            else _replica.WriteChanges(writer, touched);
        }
        _batches = null;
        if (!goesOn) return;
        Locate(place.Next);
        _replica.WriteNeeds(writer, _batches!.Touched);
    }

    private void Judge(BinaryReader reader, BinaryWriter writer, CancellationToken cancellation)
    {
        _replica.Take(reader, keepsVersions: false);
        var batches = _data.ValidationBatches(_batchRows).Select(batch =>
        {
            cancellation.ThrowIfCancellationRequested();
            return batch;
        });
        _learner.Judge(batches, new Judgement(_objective)).Write(writer);
    }
}
