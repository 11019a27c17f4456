using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Scores a shard into a file.</summary>
internal static class ShardScorer
{
    /// <summary>Writes the file, which is there when it is whole.</summary>
    /// <param name="model">The model.</param>
    /// <param name="work">What is to be scored.</param>
    /// <param name="place">The silo's.</param>
    /// <param name="count">Told of each row.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ShardException">The rows cannot be read or scored, or the file not be written.</exception>
    internal static void Score(ITransformer model, ShardWork work, ShardPlace place, Action count, CancellationToken cancellation)
    {
        try
        {
            var context = new MLContext();
            var scored = ScoringTransformer.Of(model).Transform(work.Shards.Open(context, place, work.Name));
            var view = new ScoredView(scored, ColumnsOf(scored.Schema, work), count, cancellation);
            string path = OutputPath.Full(place.Folder, work.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, file => context.Data.SaveTable(view, file, (TableFormat)work.Format));
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            throw ShardException.Of(work.Name, e);
        }
    }

    private static DataViewSchema.Column[] ColumnsOf(DataViewSchema schema, ShardWork work)
    {
        var scores = ScoreColumn.LatestOf(schema);
        if (scores.Length == 0)
            throw new ArgumentException("the model makes no score columns of it; scoring needs a model that ends in a trainer.");
        var kept = work.Kept.Select(name => schema.GetColumnOrNull(name) ?? throw new ArgumentException(
            $"it has no column '{name}', which {nameof(ScoringOptions.KeptColumns)} names."));
        return [.. kept.Where(column => !scores.Contains(column)), .. scores];
    }
}
