namespace MLNet.Embeddings;

/// <summary>The network that many workers train: it gives them weights, and takes in what they have learned.</summary>
internal sealed class SharedNetwork
{
    private readonly NetworkShape _shape;
    private readonly IReadOnlyList<NumberScale?> _scales;
    private readonly TrainableParameters _parameters;
    private readonly RoundUpdate _update;
    private readonly RoundChanges _changes;
    private readonly bool _half;

    /// <summary>For each table, the round that last changed a row.</summary>
    private readonly int[][] _versions;

    private int _round;

    /// <param name="shape">The network's form.</param>
    /// <param name="initial">What its arrays begin with; they become its own.</param>
    /// <param name="scales">Scale of each number column, by position; null for other columns.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="rounds">How that is divided among workers.</param>
    internal SharedNetwork(
        NetworkShape shape, IReadOnlyDictionary<string, InitialArray> initial, IReadOnlyList<NumberScale?> scales, EngineSettings settings, RoundOptions rounds)
    {
        (_shape, _scales, _half) = (shape, scales, rounds.HalfPrecision);
        _parameters = new TrainableParameters(initial, settings.Threads);
        _ = new ColumnNetwork(shape, _parameters, settings.Threads, DropoutPlan.None);
        _parameters.LayOut();
        _update = rounds.AveragesGradients ? new GradientUpdate(_parameters, settings) : new ChangeUpdate(_parameters, settings, rounds);
        _changes = new RoundChanges(_parameters, rounds.AveragesGradients, rounds.HalfPrecision);
        _versions = [.. _parameters.TrainedTables.Select(table => new int[table.Shape.KeyCount + 1])];
    }

    /// <summary>Bytes of the weights.</summary>
    internal long Bytes => sizeof(float) * (_parameters.Values.LongLength + _parameters.TrainedTables.Sum(table => table.Values.LongLength));

    /// <summary>What several workers need together, of which none has anything.</summary>
    /// <param name="needs">What <see cref="Replica.WriteNeeds"/> wrote of each.</param>
    /// <returns>That, and the bytes of the weights at most.</returns>
    internal (byte[] Needs, int Bytes) Union(IEnumerable<byte[]> needs)
    {
        bool[][] needed = [.. _versions.Select(versions => new bool[versions.Length])];
        foreach (var reader in needs.Select(Message.Reader))
        {
            foreach (bool[] rows in needed)
            {
                int[] some = reader.ReadRising(rows.Length);
                foreach (int row in some)
                {
                    reader.Read7BitEncodedInt();
                    rows[row] = true;
                }
            }
        }
        long floats = _parameters.Values.LongLength + _parameters.Statistics.Sum(statistic => statistic.Values.LongLength) + 1;
        byte[] union = Message.Of(writer =>
        {
            foreach (var (rows, table) in needed.Zip(_parameters.TrainedTables))
            {
                int[] some = [.. rows.Index().Where(row => row.Item).Select(row => row.Index)];
                writer.WriteRising(some);
                foreach (int _ in some) writer.Write7BitEncodedInt(0);
                floats += (long)some.Length * table.Dimensions + 1;
            }
        });
        return (union, checked((int)(union.Length + floats * sizeof(float))));
    }

    /// <summary>Gives a worker the weights that it needs and does not have.</summary>
    /// <param name="needs">What <see cref="Replica.WriteNeeds"/> wrote.</param>
    /// <param name="writer">Takes the weights.</param>
    /// <param name="all">Whether to give also those that it has, as when these are to be averaged weights.</param>
    internal void WriteWeights(BinaryReader needs, BinaryWriter writer, bool all = false)
    {
        writer.WriteFloats(_parameters.Values, _half);
        foreach (var (_, values) in _parameters.Statistics) writer.WriteFloats(values, half: false);
        writer.Write(_round);
        foreach (var (table, versions) in _parameters.TrainedTables.Zip(_versions))
        {
            int[] needed = needs.ReadRising(versions.Length);
            int given = 0;
            foreach (int row in needed)
            {
                int known = needs.Read7BitEncodedInt() - 1;
                if (all || versions[row] > known) needed[given++] = row;
            }
            writer.WriteRising(needed.AsSpan(0, given));
            writer.WriteRows(table.Values, table.Dimensions, needed.AsSpan(0, given), _half);
        }
    }

    /// <summary>Takes in what the workers of a round have learned.</summary>
    /// <param name="answers">What they sent, in the order of the workers.</param>
    /// <param name="learningRate">Size of the steps.</param>
    /// <returns>What their steps cost, before.</returns>
    internal StepResult Merge(IEnumerable<BinaryReader> answers, double learningRate)
    {
        _changes.Clear();
        foreach (var answer in answers) _changes.Add(answer);
        if (!double.IsFinite(_changes.Loss) || _changes.Steps == 0) return new(_changes.Loss, _changes.LossWeight);
        _changes.Complete();
        _update.Apply(_changes, learningRate);
        _round++;
        foreach (var (table, versions) in _changes.Tables.Zip(_versions))
        {
            foreach (int row in table.Rows) versions[row] = _round;
        }
        return new(_changes.Loss, _changes.LossWeight);
    }

    /// <inheritdoc cref="Trainee.UseAverage"/>
    internal IDisposable? UseAverage() => _update.UseAverage();

    /// <inheritdoc cref="Trainee.Export"/>
    internal TrainedNetwork Export(bool lasts) => TrainedNetwork.Of(_shape, _parameters.Export(copies: lasts).Concat(_shape.NumberArrays(_scales)));

    /// <inheritdoc cref="ITrainable.Save"/>
    internal TrainingState Save() => _update.Save();

    /// <summary>Goes on where a network of the same form was saved; what workers have of it counts as old.</summary>
    /// <inheritdoc cref="ITrainable.Restore" path="/exception"/>
    internal void Restore(TrainingState state)
    {
        _update.Restore(state);
        _round++;
        foreach (int[] versions in _versions) Array.Fill(versions, _round);
    }
}
