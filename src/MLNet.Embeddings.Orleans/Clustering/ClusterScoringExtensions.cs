using Microsoft.ML;
using MLNet.Embeddings;

namespace Orleans;

/// <summary>Scores rows on the silos that have them.</summary>
public static class ClusterScoringExtensions
{
    /// <summary>Scores all shards by a model, each on a silo that has it, into a file of scores of its own on that silo.</summary>
    /// <param name="client">The cluster, whose silos call <c>UseEmbeddings</c>.</param>
    /// <param name="modelPath">The model's file, on this machine; it is sent to the silos, which load it once.</param>
    /// <param name="shards">The rows. The label may be left out.</param>
    /// <param name="output">
    /// Folder of the scores, under the silos' data folder. The scores of <c>orders/a.tsv</c> go to <c>scored/orders/a.tsv.csv</c>: a row for each row, in
    /// their order. One run at a time writes to a folder: another one with another model, other shards or options ends it, and deletes what it has written.
    /// </param>
    /// <param name="options">What is written; null for scores alone, as CSV.</param>
    /// <param name="progress">Told how far the run is, about once a second.</param>
    /// <param name="token">Ends the run on all silos; what is done stays.</param>
    /// <returns>What was scored, and where it is.</returns>
    /// <remarks>
    /// A run goes on where an earlier call with the same model, shards, output and options ended, whatever ended it; shards whose files of scores are gone are
    /// scored again. Shards of a silo that is lost are scored again on others that have them. A run goes on without the client that began it; a client that
    /// asks for it again joins it. Silos need the packages of the model's steps.
    /// </remarks>
    /// <example><code>
    /// var result = await client.ScoreAsync("model.zip", Shards.Tables("orders/*.csv"), "scored/");
    /// Console.WriteLine($"{result.Rows} rows in {result.Duration.TotalSeconds:F0} s");
    /// </code></example>
    /// <exception cref="ShardException">A shard cannot be read, scored or written; the others are done.</exception>
    /// <exception cref="FileNotFoundException">The model's file is not there; or no silo has any of the shards.</exception>
    /// <exception cref="ArgumentException">The output is not a folder under the data folder; or a setting is out of range.</exception>
    /// <exception cref="InvalidOperationException">A silo cannot load the model; or another run has been begun into the same folder.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, here or by another client.</exception>
    public static async Task<ScoringResult> ScoreAsync(
        this IGrainFactory client, string modelPath, Shards shards, string output, ScoringOptions? options = null,
        IProgress<ScoringProgress>? progress = null, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        string folder = Check(client, shards, output, options);
        byte[] model = await File.ReadAllBytesAsync(modelPath, token).ConfigureAwait(false);
        return await new ScoringClient(client).ScoreAsync(model, shards, folder, options ?? new(), progress, token).ConfigureAwait(false);
    }

    /// <inheritdoc cref="ScoreAsync(IGrainFactory, string, Shards, string, ScoringOptions?, IProgress{ScoringProgress}?, CancellationToken)"/>
    public static Task<ScoringResult> ScoreAsync(
        this IGrainFactory client, string modelPath, Shards shards, string output, IProgress<ScoringProgress>? progress, CancellationToken token) =>
        client.ScoreAsync(modelPath, shards, output, options: null, progress, token);

    /// <param name="client">The cluster, whose silos call <c>UseEmbeddings</c>.</param>
    /// <param name="model">The model; it is sent to the silos as ML.NET saves it.</param>
    /// <param name="shards">The rows. The label may be left out.</param>
    /// <param name="output">Folder of the scores, under the silos' data folder.</param>
    /// <param name="options">What is written; null for scores alone, as CSV.</param>
    /// <param name="token">Ends the run on all silos; what is done stays.</param>
    /// <inheritdoc cref="ScoreAsync(IGrainFactory, string, Shards, string, ScoringOptions?, IProgress{ScoringProgress}?, CancellationToken)"
    /// path="/summary|/returns|/remarks|/exception"/>
    public static Task<ScoringResult> ScoreAsync(
        this IGrainFactory client, ITransformer model, Shards shards, string output, ScoringOptions? options, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(model);
        string folder = Check(client, shards, output, options);
        byte[] saved = SteadyZip.Of(stream => new MLContext().Model.Save(model, null, stream));
        return new ScoringClient(client).ScoreAsync(saved, shards, folder, options ?? new(), null, token);
    }

    private static string Check(IGrainFactory client, Shards shards, string output, ScoringOptions? options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(shards);
        options?.Validate();
        return OutputPath.Checked(output);
    }
}
