using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>A fit on the rows of many workers: one network, without a wide part; what was left out of the settings is chosen by the data of all.</summary>
/// <param name="context">The context.</param>
/// <param name="options">The settings.</param>
/// <param name="rounds">How training is divided.</param>
/// <param name="transport">Carries messages to the workers.</param>
/// <param name="threads">Threads of each worker.</param>
/// <param name="checkpoint">Keeps the state of the training; null where it is not kept.</param>
internal sealed class ShardedFit(
    MLContext context, MultiEmbeddingOptions options, RoundOptions rounds, IWorkerTransport transport, int threads = 1,
    CheckpointPlace? checkpoint = null)
{
    /// <summary>The schema of the raw rows, once they are known.</summary>
    internal DataViewSchema? InputSchema { get; private set; }

    /// <summary>Refuses settings that cannot be trained so.</summary>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal static void Validate(MultiEmbeddingOptions options, RoundOptions rounds)
    {
        options.Validate();
        OptionErrors.ThrowIfAny("The settings", [.. rounds.Faults(), .. Faults(options)], nameof(options));
    }

    /// <summary>Trains.</summary>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    internal MultiEmbeddingTransformer Run()
    {
        Validate(options, rounds);
        IHostEnvironment environment = context;
        var host = environment.Register(nameof(ShardedFit));
        using var log = FitLog.Start(host, "Training");
        using var cancellation = new FitCancellation(host, options.CancellationToken);
        var settings = options with { CancellationToken = cancellation.Token, Members = 1, Wide = false };
        var workers = new ShardWorkers(transport, rounds, log);
        var schema = Schema(workers, cancellation.Token);
        var passes = new ShardPasses(workers, schema, cancellation.Token);
        var training = new RoundTraining(workers, rounds, threads, checkpoint, log);
        LabelTask[] tasks = [.. options.Labels.Select(LabelTask.Of)];
        int seed = options.Seed ?? host.Rand.Next();
        InputSchema = schema.Schema;
        return new ModelFit(environment, settings, tasks, tasks.Length > 1, seed, log, passes, training).Train(schema, null, null);
    }

    private static IEnumerable<string> Faults(MultiEmbeddingOptions options)
    {
        if (options.Labels.Count == 0)
            yield return $"{nameof(options.Labels)} must name what is predicted, and how, such as LabelColumn.Binary(\"{options.LabelColumnName}\").";
        if (options.Members > 1) yield return $"{nameof(options.Members)} must be 1 or left out: workers train one network together.";
        if (options.Wide == true) yield return $"{nameof(options.Wide)} must be false or left out: a wide part needs all rows in the memory of one machine.";
        if (options.Checkpoints is not null) yield return $"{nameof(options.Checkpoints)} must be left out: the state of the training is kept by the cluster.";
        if (options.Backend == TrainingBackend.Torch)
            yield return $"{nameof(options.Backend)} must be Kernels or left out: workers train by the library's own kernels.";
        if (options.DenseTableUpdates) yield return $"{nameof(options.DenseTableUpdates)} must be false: workers send the rows of tables that they looked up.";
        if (options.Normalization == Normalization.Batch)
            yield return $"{nameof(options.Normalization)} must not be Batch: its statistics would be those of a worker's own rows. Use Normalization.Layer.";
    }

    /// <summary>A view of no rows of the schema that all workers have.</summary>
    private IDataView Schema(ShardWorkers workers, CancellationToken cancellation)
    {
        var schemas = workers.AskAll(WorkerCall.Schema, [], pass: null, cancellation).Select(answer => SchemaMessage.Read(context, answer)).ToArray();
        foreach (var (i, other) in schemas.Index())
        {
            var (first, differing) = schemas[0].Schema.Zip(other.Schema)
                .FirstOrDefault(pair => pair.First.Name != pair.Second.Name || !pair.First.Type.Equals(pair.Second.Type));
            if (schemas[0].Schema.Count == other.Schema.Count && differing.Name is null) continue;
            throw new InvalidOperationException(differing.Name is null
                ? $"The rows of worker {i + 1} have {other.Schema.Count} columns, those of worker 1 {schemas[0].Schema.Count}; all must have the same."
                : $"Column '{differing.Name}' of worker {i + 1} is {differing.Type}; that of worker 1 is '{first.Name}', {first.Type}. They must agree.");
        }
        return schemas[0];
    }
}
