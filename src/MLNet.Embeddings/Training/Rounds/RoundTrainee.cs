namespace MLNet.Embeddings;

/// <summary>A network that workers train, in rounds.</summary>
/// <param name="network">The network.</param>
/// <param name="workers">The workers, who have begun.</param>
/// <param name="given">What each of them has.</param>
/// <param name="objective">What is learned.</param>
/// <param name="rounds">How training is divided.</param>
/// <param name="settings">What must stay the same for a training to go on, by name.</param>
/// <param name="cancellation">Ends the waiting for workers.</param>
internal sealed class RoundTrainee(
    SharedNetwork network, ShardWorkers workers, IReadOnlyList<WorkerRows> given, NetworkObjective objective, RoundOptions rounds,
    IEnumerable<(string Name, string Value)> settings, CancellationToken cancellation) : Trainee
{
    // What each worker needs for its next round; null where it has to locate it first.
    private readonly byte[]?[] _needs = new byte[given.Count][];

    // One message for all, as one for each would be as many times the model.
    private readonly (byte[] Needs, int Bytes) _validated = network.Union(given.Select(rows => rows.ValidationNeeds));

    internal override int TrainingRows => given.Sum(rows => rows.Training);

    internal override int ValidationRows => given.Sum(rows => rows.Validation);

    internal override int SkippedRows => given.Sum(rows => rows.Skipped);

    internal override IEnumerable<(string Name, string Value)> Settings => settings;

    /// <summary>Rounds so far.</summary>
    internal int Rounds { get; private set; }

    /// <summary>Bytes that were sent to workers in rounds, and that came back, so far.</summary>
    internal (long Sent, long Received) Traffic { get; private set; }

    internal override EpochSteps Train(int epoch, int done, Func<int, int, StepSettings> settingsOf)
    {
        int most = given.Max(rows => rows.Batches), count = Math.Max(1, (most + rounds.StepsPerRound - 1) / rounds.StepsPerRound);
        Array.Clear(_needs);
        return new EpochSteps(count, Enumerable.Range(done, count - done).Select(number => Round(new(epoch, number, count), settingsOf(number, count))));
    }

    internal override IDisposable? UseAverage() => network.UseAverage();

    internal override (double Loss, IReadOnlyList<MetricValue> Metrics) Validate(Action visit)
    {
        var judgement = new Judgement(objective);
        visit();
        byte[] message = Message.Of(_validated.Bytes, writer => network.WriteWeights(Message.Reader(_validated.Needs), writer, all: true));
        foreach (byte[] answer in workers.AskAll(WorkerCall.Judge, message, pass: null, cancellation)) judgement.Merge(Message.Reader(answer));
        visit();
        return (judgement.Loss, judgement.Metrics);
    }

    internal override TrainedArrays Export(bool lasts) => network.Export(lasts);

    internal override TrainingState Save() => network.Save();

    internal override void Restore(TrainingState state) => network.Restore(state);

    private StepResult Round(RoundPlace place, StepSettings step)
    {
        bool goesOn = place.Number + 1 < place.Count;
        MessageBuffer?[] answers = new MessageBuffer[given.Count];
        // A worker that was lost is asked again, when another one has taken its place; one that is too slow is not.
        while (answers.Index().Any(answer => answer.Item is null && !workers.IsLate(answer.Index)))
        {
            Locate(place, worker => answers[worker] is null);
            var messages = new MessageBuffer?[given.Count];
            var answered = workers.AskRound(WorkerCall.Train, Enumerable.Range(0, given.Count).Select(worker =>
                messages[worker] = _needs[worker] is { } needs && answers[worker] is null ? Write(place, step, goesOn, needs) : null), cancellation);
            Array.Clear(_needs);
            Traffic = (Traffic.Sent + Length(messages), Traffic.Received + Length(answered));
            for (int worker = 0; worker < answered.Length; worker++)
            {
                if (answered[worker] is not { } answer) continue;
                answers[worker] = answer;
                messages[worker]!.Dispose();
            }
        }
        Rounds++;
        var readers = answers.Select(answer => answer?.Reader()).ToArray();
        var result = network.Merge(readers.OfType<BinaryReader>(), step.LearningRate);
        for (int i = 0; i < readers.Length; i++)
        {
            _needs[i] = goesOn && readers[i] is { } reader ? reader.ReadRest() : null;
            answers[i]?.Dispose();
        }
        return result;
    }

    private MessageBuffer Write(RoundPlace place, StepSettings step, bool goesOn, byte[] needs) => Message.Rent(writer =>
    {
        place.Write(writer);
        writer.Write(step.LearningRate);
        writer.Write(step.Done);
        writer.Write(goesOn);
        network.WriteWeights(Message.Reader(needs), writer);
    });

    /// <summary>Asks workers for what they need of whom it is not known.</summary>
    private void Locate(RoundPlace place, Func<int, bool> isAsked)
    {
        var message = MessageBuffer.Of(Message.Of(place.Write));
        MessageBuffer?[] messages = [.. _needs.Select((needs, worker) => needs is null && isAsked(worker) ? message : null)];
        if (Array.TrueForAll(messages, one => one is null)) return;
        var answers = workers.AskRound(WorkerCall.Locate, messages, cancellation);
        for (int i = 0; i < answers.Length; i++)
        {
            using var answer = answers[i];
            _needs[i] ??= answer?.Span.ToArray();
        }
    }

    private static long Length(IEnumerable<MessageBuffer?> messages) => messages.Sum(message => (long)(message?.Length ?? 0));
}

/// <summary>What a worker has.</summary>
/// <param name="Training">Rows to train on.</param>
/// <param name="Validation">Rows to validate on.</param>
/// <param name="Skipped">Rows left out since their label is missing.</param>
/// <param name="Batches">Batches of a pass over its training rows.</param>
/// <param name="Bytes">Memory of the rows that it keeps.</param>
/// <param name="ValidationNeeds">What <see cref="Replica.WriteNeeds"/> wrote of the rows of tables that its validation looks up.</param>
internal sealed record WorkerRows(int Training, int Validation, int Skipped, int Batches, long Bytes, byte[] ValidationNeeds)
{
    internal void Write(BinaryWriter writer)
    {
        foreach (int count in (ReadOnlySpan<int>)[Training, Validation, Skipped, Batches]) writer.Write(count);
        writer.Write(Bytes);
        writer.WriteBytes(ValidationNeeds);
    }

    internal static WorkerRows Read(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadBytes());
}
