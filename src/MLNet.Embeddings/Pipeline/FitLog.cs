using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>What a fit says: messages to the context's log, of which the warnings are kept for the model's history.</summary>
internal sealed class FitLog : IDisposable
{
    private readonly IChannel _channel;
    private readonly List<string> _warnings;
    private readonly string _prefix;
    private readonly bool _isOwner, _isSilent;

    private FitLog(IChannel channel, List<string> warnings, string prefix, bool isOwner, bool isSilent) =>
        (_channel, _warnings, _prefix, _isOwner, _isSilent) = (channel, warnings, prefix, isOwner, isSilent);

    /// <summary>Begins the log of a fit.</summary>
    /// <param name="host">Where messages go.</param>
    /// <param name="name">Name of the channel.</param>
    internal static FitLog Start(IHost host, string name) => new(host.Start(name), [], "", isOwner: true, isSilent: false);

    /// <summary>Warns in the log of a fit that another one is part of, or in one of its own.</summary>
    /// <param name="host">Where messages go without it.</param>
    /// <param name="log">That of the fit around it; null for none.</param>
    /// <param name="warnings">What to tell.</param>
    /// <param name="sensitivity">How sensitive it is.</param>
    internal static void Tell(IHost host, FitLog? log, IReadOnlyList<string> warnings, MessageSensitivity sensitivity)
    {
        if (warnings.Count == 0) return;
        using var own = log is null ? Start(host, "Fit") : null;
        foreach (string warning in warnings) (log ?? own!).Warn(warning, sensitivity);
    }

    /// <summary>That of one of several networks that are trained side by side.</summary>
    /// <param name="member">Number of the network, from 1; null for a trial of which only the result counts, whose messages are dropped.</param>
    internal FitLog Of(int? member) => new(_channel, _warnings, $"Network {member}: ", isOwner: false, isSilent: member is null);

    /// <summary>All that was warned of, in that order.</summary>
    internal IReadOnlyList<string> Warnings => [.. _warnings];

    internal void Info(string message, MessageSensitivity sensitivity = MessageSensitivity.None)
    {
        if (_isSilent) return;
        lock (_warnings) _channel.Info(sensitivity, _prefix + message);
    }

    internal void Warn(string message, MessageSensitivity sensitivity = MessageSensitivity.None)
    {
        if (_isSilent) return;
        lock (_warnings)
        {
            _warnings.Add(_prefix + message);
            _channel.Warning(sensitivity, _prefix + message);
        }
    }

    public void Dispose()
    {
        if (_isOwner) _channel.Dispose();
    }
}
