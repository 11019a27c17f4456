using System.Diagnostics;
using System.Net.Sockets;

namespace MLNet.Embeddings;

/// <summary>Calls of grains while silos come and go.</summary>
internal static class ClusterCalls
{
    /// <summary>The cluster finds out within this time that a silo is lost, and where its grains go.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Whether a grain could not be reached, so that what it does did not fail.</summary>
    internal static bool IsUnreachable(Exception error) =>
        error is SiloUnavailableException or OrleansMessageRejectionException or TimeoutException or Orleans.Runtime.Messaging.ConnectionFailedException
            or OrleansConfigurationException or GatewayTooBusyException or SocketException or ObjectDisposedException
            || error is OrleansException { InnerException: { } inner } && IsUnreachable(inner);

    /// <summary>Calls until the way to the grain is there; what is called must bear to be done twice.</summary>
    internal static async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await call().WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (IsUnreachable(e) && Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc cref="RetryAsync{T}"/>
    internal static Task RetryAsync(Func<Task> call, CancellationToken cancellation) => RetryAsync(async () =>
    {
        await call().ConfigureAwait(false);
        return true;
    }, cancellation);
}
