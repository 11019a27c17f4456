using Microsoft.ML;
using Orleans.Concurrency;

namespace MLNet.Embeddings;

/// <inheritdoc cref="IFitWorkerGrain"/>
/// <param name="slots">The silo's cores.</param>
/// <param name="options">The silo's settings.</param>
[NodePlacement, Reentrant]
internal sealed class FitWorkerGrain(WorkSlots slots, EmbeddingsSiloOptions options) : Grain, IFitWorkerGrain, IDisposable
{
    /// <summary>How long a call waits for the answer: below the time after which Orleans gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A worker that is not asked for so long is given up.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private CancellationTokenSource _stopping = new();
    private ShardWorker? _worker;
    private Task<byte[]>? _answer;
    private byte[]? _message;
    private int _id;

    public Task Open(Shards shards, string[] names, int number)
    {
        if (_worker is not null) return Task.CompletedTask;
        var context = new MLContext(seed: 1);
        var place = new ShardPlace(options);
        _worker = new ShardWorker(context, number, new ConcatenatedView(names, name => shards.Open(context, place, name)));
        return Task.CompletedTask;
    }

    public Task Put(int id, int offset, int length, byte[] piece)
    {
        if (_message?.Length != length || offset == 0) _message = new byte[length];
        piece.CopyTo(_message, offset);
        return Task.CompletedTask;
    }

    public async Task<FitAnswer> Ask(int id, WorkerCall call, byte[]? message)
    {
        DelayDeactivation(Idle);
        if (_worker is not { } worker) return FitAnswer.Of(AnswerState.IsNew);
        if (id != _id || _answer is null)
        {
            // What was put before went with the worker that it was put to.
            if ((message ?? _message) is not { } whole) return FitAnswer.Of(AnswerState.Lost);
            (_id, _message) = (id, null);
            _answer = AnswerAsync(_answer, worker, call, whole, _stopping.Token);
        }
        var answer = _answer;
        await Task.WhenAny(answer, Task.Delay(Patience));
        if (!answer.IsCompleted) return FitAnswer.Of(AnswerState.Working, worker.RowsRead);
        if (answer.IsCompletedSuccessfully)
        {
            byte[] bytes = answer.Result;
            byte[] piece = bytes.Length <= FitAnswer.PieceBytes ? bytes : bytes[..FitAnswer.PieceBytes];
            return new(AnswerState.Done, worker.RowsRead, bytes.Length, piece, null);
        }
        var error = answer.Exception?.InnerException ?? new OperationCanceledException();
        return error is WorkerLostException
            ? FitAnswer.Of(AnswerState.Lost)
            : new(AnswerState.Failed, worker.RowsRead, 0, null, ClusterFault.Of(error));
    }

    public Task<byte[]> Get(int id, int offset)
    {
        byte[] bytes = id == _id && _answer is { IsCompletedSuccessfully: true } ? _answer.Result : [];
        return Task.FromResult(bytes.AsSpan(Math.Min(offset, bytes.Length), Math.Max(0, Math.Min(FitAnswer.PieceBytes, bytes.Length - offset))).ToArray());
    }

    public Task Stop()
    {
        _stopping.Cancel();
        _stopping = new CancellationTokenSource(); // what has the old one may still look at it
        return Task.CompletedTask;
    }

    public Task Close()
    {
        DeactivateOnIdle();
        return Stop();
    }

    /// <summary>Frees all; what is at work ends first, on its own.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _ = Task.WhenAny(_answer ?? Task.CompletedTask).ContinueWith(_ =>
        {
            _worker?.Dispose();
            _stopping.Dispose();
        }, TaskScheduler.Default);
    }

    /// <summary>Answers when what was asked before has ended.</summary>
    private async Task<byte[]> AnswerAsync(Task<byte[]>? before, ShardWorker worker, WorkerCall call, byte[] message, CancellationToken stopping)
    {
        if (before is not null) await Task.WhenAny(before);
        return await slots.RunAsync(() => worker.Answer(call, message, stopping), stopping);
    }
}
