using MLNet.Embeddings;

namespace Orleans;

/// <summary>Training on a cluster.</summary>
public static class ClusterTrainingExtensions
{
    /// <summary>Trains a network on the rows of all silos.</summary>
    /// <param name="client">The cluster: an <c>IClusterClient</c>, or the grain factory of a silo.</param>
    /// <param name="options">What is trained, as for the trainer of one machine. Labels must be named; columns are raw ones.</param>
    /// <param name="shards">The rows, in parts.</param>
    /// <param name="rounds">How training is divided among workers; null for the defaults.</param>
    /// <param name="progress">Takes how far the fit is, over all workers.</param>
    /// <param name="token">Ends the fit; the model is then the best so far, as of the trainer of one machine.</param>
    /// <returns>A model like any other. <see cref="TrainingHistory.Rounds"/> of its history tells how it was trained.</returns>
    /// <remarks>
    /// Each worker reads the shards that it has, on a silo that has them. Values, scales, dates and labels are found in all rows together, as in one pass over
    /// them. One network is trained, without a wide part. A silo that is lost costs its workers' part of a round: others take its shards, and with one step a
    /// round the model is the same. Where the silo of the coordinator is lost, another one goes on from the last state that was written. A fit that nobody asks
    /// about for ten minutes ends.
    /// </remarks>
    /// <exception cref="ArgumentException">Settings are out of range, or such as workers cannot train; the message has a line for each.</exception>
    /// <exception cref="FileNotFoundException">No silo has any shard.</exception>
    /// <exception cref="ShardException">The rows of a shard cannot be read, or have other columns than the rest.</exception>
    /// <exception cref="IOException">All silos that have a shard are lost.</exception>
    /// <exception cref="InvalidOperationException">Nothing can be learned from the rows; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before there was a model.</exception>
    public static async Task<MultiEmbeddingTransformer> FitAsync(
        this IGrainFactory client, MultiEmbeddingOptions options, Shards shards, RoundOptions? rounds = null, IProgress<TrainingProgress>? progress = null,
        CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(shards);
        rounds ??= new RoundOptions();
        ShardedFit.Validate(options, rounds);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, options.CancellationToken);
        return await new FitClient(client, options, rounds, shards).RunAsync(progress ?? options.Progress, both.Token).ConfigureAwait(false);
    }

    /// <inheritdoc cref="FitAsync(IGrainFactory, MultiEmbeddingOptions, Shards, RoundOptions, IProgress{TrainingProgress}, CancellationToken)"/>
    public static Task<MultiEmbeddingTransformer> FitAsync(
        this IGrainFactory client, MultiEmbeddingOptions options, Shards shards, IProgress<TrainingProgress>? progress, CancellationToken token) =>
        client.FitAsync(options, shards, rounds: null, progress, token);
}
