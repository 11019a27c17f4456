namespace MLNet.Embeddings.Tests;

/// <summary>Rounds of workers beside steps of one network, by hand.</summary>
[TestClass]
public sealed class RoundTests
{
    private const int Keys = 8;

    private static readonly NetworkShape Shape = new(
        [new CategoryShape("Category", Keys, 3), new SequenceShape("Words", Keys, 4, SequenceEncoder.Gru(3)), new NumberShape("Number", 1, false)],
        new HeadShape([5]), Networks.Labels);

    private static EngineSettings Settings => new() { Seed = 1, WeightDecay = 0.01, MaxGradientNorm = 0.5, AveragingDecay = 0.9 };

    private static IReadOnlyDictionary<string, InitialArray> Initial => ColumnNetwork.Draw(Shape, seed: 5, new Dictionary<string, InitialArray>());

    private static readonly NumberScale?[] Scales = [null, null, new StandardScale([0], [1], null, hasMissing: false)];

    /// <summary>Reproducible rows.</summary>
    private static TrainingTable Table(int rows, int seed)
    {
        var random = new Random(seed);
        int[] lengths = [.. Enumerable.Range(0, rows).Select(_ => random.Next(1, 5))];
        int[] offsets = [0, .. lengths.Select((_, i) => lengths[..(i + 1)].Sum())];
        return new TrainingTable(
            [
                new CategoryData([.. lengths.Select(_ => random.Next(Keys + 1))], Keys, hasUnknown: false),
                new SequenceData([.. Enumerable.Range(0, offsets[^1]).Select(_ => random.Next(1, Keys + 1))], offsets, Keys, hasUnknown: false),
                new NumberData<float>([.. lengths.Select(_ => random.NextSingle())], 1),
            ],
            [[.. lengths.Select(_ => (float)random.Next(2))]], [.. lengths.Select(_ => 1f)], SkippedRows: 0);
    }

    private static MultiEmbeddingOptions Options => new() { Regularization = new() { Dropout = 0, UnknownDropout = 0 } };

    private static RoundWorker Worker(TrainingTable table, RoundOptions rounds, int batchRows, int number) => new(
        new KernelColumns(Shape, Initial, Settings with { AveragingDecay = 0 }),
        FitData.Given(new TableRows(table, [.. Enumerable.Range(0, table.RowCount)], Scales), 0, null, []), Networks.Objective, Options, rounds, batchRows,
        RoundWorker.SeedOf(1, number));

    /// <summary>The weights after an epoch of rounds.</summary>
    private static TrainedNetwork Train(TrainingTable[] tables, RoundOptions rounds, int batchRows, int count)
    {
        var shared = new SharedNetwork(Shape, Initial, Scales, Settings, rounds);
        RoundWorker[] workers = [.. tables.Select((table, number) => Worker(table, rounds, batchRows, number))];
        byte[][] needs = [.. workers.Select(worker => Ask(worker, WorkerCall.Locate, Message.Of(new RoundPlace(1, 0, count).Write)))];
        for (int number = 0; number < count; number++)
        {
            bool goesOn = number + 1 < count;
            byte[][] answers =
            [
                .. workers.Zip(needs, (worker, needed) => Ask(worker, WorkerCall.Train, Message.Of(writer =>
                {
                    new RoundPlace(1, number, count).Write(writer);
                    writer.Write(0.01);
                    writer.Write(0.0);
                    writer.Write(goesOn);
                    shared.WriteWeights(Message.Reader(needed), writer);
                }))),
            ];
            BinaryReader[] readers = [.. answers.Select(Message.Reader)];
            shared.Merge(readers, 0.01);
            if (goesOn) needs = [.. readers.Select(reader => reader.ReadRest())];
        }
        return shared.Export(lasts: true);
    }

    private static byte[] Ask(RoundWorker worker, WorkerCall call, byte[] message) =>
        Message.Of(writer => worker.Answer(call, Message.Reader(message), writer, CancellationToken.None));

    /// <summary>The batches that a worker takes of its rows, one after the other.</summary>
    private static RowBatch[] Batches(TrainingTable table, int batchRows, int number)
    {
        var data = FitData.Given(new TableRows(table, [.. Enumerable.Range(0, table.RowCount)], Scales), 0, null, []);
        var order = RandomStreams.Of(RoundWorker.SeedOf(1, number), RandomPurpose.Order, 1);
        return [.. data.TrainingBatches(batchRows, false, UnknownDropout.None, order).Batches];
    }

    private static void AssertClose(TrainedNetwork expected, TrainedNetwork actual, double tolerance)
    {
        foreach (var (name, array) in expected.Weights)
        {
            for (int i = 0; i < array.Values.Length; i++) Assert.AreEqual(array.Values[i], actual.Weights[name].Values[i], tolerance, $"{name}[{i}]");
        }
    }

    /// <summary>One row each, so that a batch of both is a row of each.</summary>
    [TestMethod]
    public void OneStepRounds_OfTwoWorkers_AreStepsOnTheBatchesOfBothTogether()
    {
        TrainingTable[] tables = [Table(6, seed: 1), Table(6, seed: 2)];
        var both = new Batcher(tables[0].With(tables[1]), Scales);
        var one = new KernelColumns(Shape, Initial, Settings);
        // The rows of each worker's batches, found again by their numbers.
        int[][] orders = [.. tables.Select((table, number) => Batches(table, 1, number)
            .Select(batch => Enumerable.Range(0, table.RowCount).Single(row => ((NumberBatch)batch.Columns[2]).Values[0] == Number(table, row))).ToArray())];
        for (int step = 0; step < 6; step++)
        {
            one.Learn(both.Cut([orders[0][step], 6 + orders[1][step]], UnknownDropout.None), Networks.Objective.Loss);
            one.Step(0.01);
        }

        var shared = Train(tables, new RoundOptions(), batchRows: 1, count: 6);

        AssertClose(TrainedNetwork.Of(Shape, one.Export().Concat(Shape.NumberArrays(Scales))), shared, 1e-6);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    [DataRow(12)]
    public void Rounds_OfOneWorker_AreItsOwnSteps(int stepsPerRound)
    {
        var table = Table(12, seed: 3);
        var one = new KernelColumns(Shape, Initial, Settings);
        foreach (var batch in Batches(table, 1, number: 0))
        {
            one.Learn(batch, Networks.Objective.Loss);
            one.Step(0.01);
        }

        var shared = Train([table], new RoundOptions { StepsPerRound = stepsPerRound }, batchRows: 1, count: 12 / stepsPerRound);

        AssertClose(TrainedNetwork.Of(Shape, one.Export().Concat(Shape.NumberArrays(Scales))), shared, 1e-5);
    }

    [TestMethod]
    public void Changes_OfRowsThatOneWorkerTouched_AreNotHalvedByOthers()
    {
        // Two workers of the same rows but for the category: each touches another row of the table.
        TrainingTable Only(int key) => Table(1, seed: 4) with
        {
            Columns = [new CategoryData([key], Keys, hasUnknown: false), .. Table(1, seed: 4).Columns.Skip(1)],
        };
        var rounds = new RoundOptions { StepsPerRound = 2 };

        var together = Train([Only(2), Only(5)], rounds, batchRows: 1, count: 1);
        var alone = Train([Only(2)], rounds, batchRows: 1, count: 1);

        Assert.AreEqual(alone["columns.Category.table"][2 * 3], together["columns.Category.table"][2 * 3], 1e-6);
        Assert.AreEqual(Initial["columns.Category.table"].Values[3 * 3], together["columns.Category.table"][3 * 3]);
    }

    [TestMethod]
    public void Changes_AreDividedByTheWorkersThatTouchARowAtATime()
    {
        var table = new EmbeddingTable(new TableShape("table", 9, 1, false, [0]), new float[10], isTrained: true, threads: 1);
        var sums = new TouchedSums(table, areGradients: false);

        sums.Add([2, 5, 7], [4, 1, 1], steps: 4, weight: 3, [1, 10, 100]);
        sums.Add([2, 5], [4, 1], steps: 4, weight: 3, [2, 30]);
        sums.Complete(share: 1 / 6f, steps: 4);

        // Row 2 in each step of both: their mean. Row 5 in one step of each: of two steps of four, one expects 4 (1 - 0.75 * 0.75) = 1.75 different ones.
        Assert.AreEqual(1.5, sums.MeanOf(0)[0], 1e-6);
        Assert.AreEqual(40 / (2 / 1.75), sums.MeanOf(1)[0], 1e-5);
        Assert.AreEqual(100, sums.MeanOf(2)[0]);
    }

    [TestMethod]
    public void Momentum_OfChanges_IsNesterovs()
    {
        var table = Table(2, seed: 6);
        // Of two rounds with changes d and e: w + η (d + μ d), then + η (e + μ (μ d + e)).
        var plain = Train([table], new RoundOptions { StepsPerRound = 2 }, batchRows: 1, count: 1);
        var outer = Train([table], new RoundOptions { StepsPerRound = 2, OuterLearningRate = 0.7, OuterMomentum = 0.9 }, batchRows: 1, count: 1);

        foreach (var (name, initial) in Initial)
        {
            for (int i = 0; i < initial.Values.Length; i++)
            {
                double change = plain[name][i] - initial.Values[i];
                Assert.AreEqual(initial.Values[i] + 0.7 * 1.9 * change, outer[name][i], 1e-6, name);
            }
        }
    }

    [TestMethod]
    public void Weights_ThatAWorkerHas_AreNotSentAgain()
    {
        var shared = new SharedNetwork(Shape, Initial, Scales, Settings, new RoundOptions());
        using var worker = Worker(Table(6, seed: 7), new RoundOptions(), batchRows: 3, number: 0);
        byte[] needs = Ask(worker, WorkerCall.Locate, Message.Of(new RoundPlace(1, 0, 2).Write));

        byte[] known = Message.Of(writer => shared.WriteWeights(Message.Reader(needs), writer));
        byte[] all = Message.Of(writer => shared.WriteWeights(Message.Reader(needs), writer, all: true));
        shared.Restore(shared.Save());
        byte[] changed = Message.Of(writer => shared.WriteWeights(Message.Reader(needs), writer));

        Assert.IsLessThan(all.Length, known.Length);
        Assert.HasCount(all.Length, changed);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void State_OfASharedNetwork_GoesOnBitForBit(int stepsPerRound)
    {
        var rounds = new RoundOptions { StepsPerRound = stepsPerRound, OuterMomentum = 0.5 };
        var one = new SharedNetwork(Shape, Initial, Scales, Settings, rounds);
        byte[] Change(SharedNetwork network, int seed)
        {
            using var worker = Worker(Table(stepsPerRound, seed), rounds, batchRows: 1, number: 0);
            byte[] needs = Ask(worker, WorkerCall.Locate, Message.Of(new RoundPlace(1, 0, 1).Write));
            return Ask(worker, WorkerCall.Train, Message.Of(writer =>
            {
                new RoundPlace(1, 0, 1).Write(writer);
                writer.Write(0.01);
                writer.Write(0.0);
                writer.Write(false);
                network.WriteWeights(Message.Reader(needs), writer, all: true);
            }));
        }
        one.Merge([Message.Reader(Change(one, 1))], 0.01);
        var other = new SharedNetwork(Shape, Initial, Scales, Settings, rounds);
        other.Restore(one.Save());
        foreach (var network in new[] { one, other }) network.Merge([Message.Reader(Change(network, 2))], 0.01);

        AssertClose(one.Export(lasts: false), other.Export(lasts: false), 0);
        using (one.UseAverage())
        using (other.UseAverage()) AssertClose(one.Export(lasts: false), other.Export(lasts: false), 0);
    }

    [TestMethod]
    [DataRow(1, 4)]
    [DataRow(3, 2)]
    public void State_OfASharedNetwork_IsSoManyTimesTheModel(int stepsPerRound, int times)
    {
        var shared = new SharedNetwork(Shape, Initial, Scales, Settings, new RoundOptions { StepsPerRound = stepsPerRound });

        long bytes = shared.Save().Arrays.Values.Sum(array => sizeof(float) * array.Values.LongLength);

        // Weights, two moments and the moving average; without an optimizer of its own, weights and average. Beside them a number for each row.
        Assert.AreEqual(times, (double)bytes / shared.Bytes, 0.5);
    }

    [TestMethod]
    public void Halves_KeepThreeDigitsOfSmallNumbers()
    {
        float[] values = [1e-6f, -3.21e-7f, 0, 2.5e-8f, 9.99e-7f], read = new float[5];
        byte[] message = Message.Of(writer => writer.WriteFloats(values, half: true));

        Message.Reader(message).ReadFloats(read, half: true);

        Assert.HasCount(4 + 2 * 5, message);
        for (int i = 0; i < values.Length; i++) Assert.AreEqual(values[i], read[i], Math.Abs(values[i]) * 1e-3);
    }

    [TestMethod]
    public void Message_OfRowsThatDoNotExist_IsRefused()
    {
        byte[] message = Message.Of(writer => writer.WriteRising([1, 5, 700]));

        Assert.ThrowsExactly<FormatException>(() => Message.Reader(message).ReadRising(100));
        CollectionAssert.AreEqual(new[] { 1, 5, 700 }, Message.Reader(message).ReadRising(701));
    }

    private static double Number(TrainingTable table, int row)
    {
        double[] number = new double[1];
        ((NumberData)table.Columns[2]).CopyRow(row, number);
        return (float)number[0];
    }
}
