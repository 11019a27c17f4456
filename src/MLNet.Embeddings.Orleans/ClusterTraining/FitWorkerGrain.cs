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
    private Task<MessageBuffer>? _answer;
    private byte[]? _message;
    private int _id, _asked;

    public Task Open(Shards shards, string[] names, int number)
    {
        if (_worker is not null) return Task.CompletedTask;
        var context = new MLContext(seed: 1);
        var place = new ShardPlace(options);
        _worker = new ShardWorker(context, number, new ConcatenatedView(names, name => shards.Open(context, place, name)));
        return Task.CompletedTask;
    }

    public Task Put(int id, int offset, int length, MessageBuffer piece)
    {
        if (_message?.Length != length || offset == 0) _message = new byte[length];
        piece.Span.CopyTo(_message.AsSpan(offset));
        if (piece.IsReceived) piece.Dispose();
        return Task.CompletedTask;
    }

    public async Task<FitAnswer> Ask(int id, WorkerCall call, MessageBuffer? message)
    {
        DelayDeactivation(Idle);
        if (_worker is not { } worker) return FitAnswer.Of(AnswerState.IsNew);
        if (id != _id || _answer is null)
        {
            // What was put before went with the worker that it was put to.
            if ((message ?? (_message is null ? null : MessageBuffer.Of(_message))) is not { } whole) return FitAnswer.Of(AnswerState.Lost);
            // Who goes on has read the last answer. One that was asked for twice may still be on its way once.
            var read = _asked == 1 ? _answer : null;
            (_id, _message, _asked) = (id, null, 0);
            _answer = AnswerAsync(_answer, read, worker, call, whole, _stopping.Token);
        }
        _asked++;
        var answer = _answer;
        // Without a timer that stays when the answer is there: rounds are many.
        await ((Task)answer).WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (!answer.IsCompleted) return FitAnswer.Of(AnswerState.Working, worker.RowsRead);
        if (answer.IsCompletedSuccessfully)
        {
            var whole = answer.Result;
            return new(AnswerState.Done, worker.RowsRead, whole.Length, whole.Length <= FitAnswer.PieceBytes ? whole : PieceOf(whole, 0), null);
        }
        var error = answer.Exception?.InnerException ?? new OperationCanceledException();
        return error is WorkerLostException
            ? FitAnswer.Of(AnswerState.Lost)
            : new(AnswerState.Failed, worker.RowsRead, 0, null, ClusterFault.Of(error));
    }

    public Task<FitAnswer> Get(int id, int offset) => Task.FromResult(
        id == _id && _answer is { IsCompletedSuccessfully: true, Result: var whole }
            ? new FitAnswer(AnswerState.Done, 0, whole.Length, PieceOf(whole, offset), null)
            : FitAnswer.Of(AnswerState.Lost));

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

    private static MessageBuffer PieceOf(MessageBuffer whole, int offset) =>
        MessageBuffer.Of(whole.Span.Slice(offset, Math.Min(FitAnswer.PieceBytes, whole.Length - offset)));

    /// <summary>Answers when what was asked before has ended.</summary>
    /// <param name="before">That.</param>
    /// <param name="read">The answer to it, if it was read.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="call">What is asked for.</param>
    /// <param name="message">What that is about.</param>
    /// <param name="stopping">Ends it.</param>
    private async Task<MessageBuffer> AnswerAsync(
        Task? before, Task<MessageBuffer>? read, ShardWorker worker, WorkerCall call, MessageBuffer message, CancellationToken stopping)
    {
        if (before is not null) await Task.WhenAny(before);
        if (read is { IsCompletedSuccessfully: true }) read.Result.Dispose();
        var answer = await slots.RunAsync(() => worker.Answer(call, message, stopping), stopping);
        if (message.IsReceived) message.Dispose();
        return answer;
    }
}
