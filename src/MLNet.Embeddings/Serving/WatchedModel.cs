using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>A model that is loaded anew when its file changes: <c>mlContext.Model.Watch</c> makes it.</summary>
/// <remarks>
/// The file is looked at at intervals, which also works where the system tells of no changes: in containers, on network drives and behind links. It is loaded
/// once it has stayed the same for one interval, beside the model in use, which is replaced when the new one is ready for its first row. Where loading fails,
/// the model in use stays, <see cref="Error"/> tells, and the next change is tried again. Any number of threads may read the properties; whoever has taken a
/// <see cref="Model"/> may go on using it.
/// </remarks>
public sealed class WatchedModel : IDisposable
{
    private readonly Func<string, (ITransformer Model, DataViewSchema? Schema)> _load;
    private readonly PeriodicTimer _timer;
    private volatile LoadedModel _loaded;
    private volatile bool _disposed;

    /// <param name="load">Loads a model and its input schema from a file.</param>
    /// <param name="filePath">The file.</param>
    /// <param name="interval">How often it is looked at.</param>
    internal WatchedModel(Func<string, (ITransformer, DataViewSchema?)> load, string filePath, TimeSpan interval)
    {
        (_load, FilePath) = (load, Path.GetFullPath(filePath));
        var stamp = FileStamp.Of(FilePath);
        _loaded = Load();
        _timer = new PeriodicTimer(interval);
        // What is said of the caller's work, as its trace, is not said of this.
        using (ExecutionContext.SuppressFlow()) _ = Task.Run(() => WatchAsync(stamp));
    }

    /// <summary>Tells, on a thread of the pool, that a new model is in use.</summary>
    public event EventHandler? Changed;

    /// <summary>
    /// Tells, on a thread of the pool, that the file has changed and cannot be used, and why: it cannot be read, which is tried again, or holds no model, or a
    /// model without scores of single rows where the one in use has them.
    /// </summary>
    public event ErrorEventHandler? Error;

    /// <summary>Full path of the file.</summary>
    public string FilePath { get; }

    /// <summary>The model that is in use now.</summary>
    public ITransformer Model => _loaded.Model;

    /// <summary>Schema of the data that it was saved with; null where it was saved without.</summary>
    public DataViewSchema? InputSchema => _loaded.InputSchema;

    /// <summary>When it was loaded.</summary>
    public DateTimeOffset LoadedAt => _loaded.At;

    /// <summary>Ends the watching; the model may be used further.</summary>
    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private async Task WatchAsync(FileStamp? loaded)
    {
        FileStamp? seen = loaded, failed = null;
        while (await _timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            var now = FileStamp.Of(FilePath);
            // While somebody writes to it, it is another one at each look.
            bool still = now == seen;
            seen = now;
            if (now is null || now == loaded || !still) continue;
            try
            {
                _loaded = Load(_loaded.HasScores);
                loaded = now;
                Tell(() => Changed?.Invoke(this, EventArgs.Empty));
            }
            // Whatever it is, the model in use stays, and the watching goes on.
            catch (Exception error)
            {
                bool mayPass = error is IOException or UnauthorizedAccessException;
                if (!mayPass) loaded = now;
                if (now != failed) Tell(() => Error?.Invoke(this, new ErrorEventArgs(error)));
                failed = now;
            }
        }
    }

    private void Tell(Action handlers)
    {
        if (!_disposed) ThreadPool.UnsafeQueueUserWorkItem(_ => handlers(), null);
    }

    /// <param name="needsScores">Whether a model without scores of single rows is refused.</param>
    private LoadedModel Load(bool needsScores = false)
    {
        var (model, schema) = LoadFile();
        try
        {
            RowPredictor.Of(model).Prepare();
            return new LoadedModel(model, schema, HasScores: true, DateTimeOffset.Now);
        }
        // It is used by Transform, then.
        catch (Exception error) when (!needsScores && error is (ArgumentException or InvalidOperationException or NotSupportedException))
        {
            return new LoadedModel(model, schema, HasScores: false, DateTimeOffset.Now);
        }
    }

    private (ITransformer, DataViewSchema?) LoadFile()
    {
        try
        {
            return _load(FilePath);
        }
        catch (Exception error) when (error is not (IOException or UnauthorizedAccessException))
        {
            throw new FormatException($"'{FilePath}' holds no model that can be loaded: {error.Message}", error);
        }
    }

    private sealed record LoadedModel(ITransformer Model, DataViewSchema? InputSchema, bool HasScores, DateTimeOffset At);

    /// <summary>What is another one when a file has changed.</summary>
    /// <param name="Target">The file behind links.</param>
    /// <param name="Written">When it was last written to.</param>
    /// <param name="Length">Its length in bytes.</param>
    private sealed record FileStamp(string Target, DateTime Written, long Length)
    {
        /// <summary>The one of a file; null where there is none at the moment.</summary>
        internal static FileStamp? Of(string path)
        {
            try
            {
                var file = new FileInfo(path);
                if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target) file = target;
                return file.Exists ? new FileStamp(file.FullName, file.LastWriteTimeUtc, file.Length) : null;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }
}
