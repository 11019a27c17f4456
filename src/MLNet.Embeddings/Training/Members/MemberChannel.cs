using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>The messages of one of several networks that are trained side by side.</summary>
/// <param name="channel">Takes the messages, one at a time.</param>
/// <param name="member">Number of the network, from 1; null for a trial of which only the result counts, whose messages are dropped.</param>
internal sealed class MemberChannel(IChannel channel, int? member) : IChannel
{
    public string ContextDescription => channel.ContextDescription;

    public void Trace(MessageSensitivity sensitivity, string message) => Say(() => channel.Trace(sensitivity, Named(message)));

    public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) => Say(() => channel.Trace(sensitivity, Named(fmt), args));

    public void Error(MessageSensitivity sensitivity, string message) => Say(() => channel.Error(sensitivity, Named(message)));

    public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) => Say(() => channel.Error(sensitivity, Named(fmt), args));

    public void Warning(MessageSensitivity sensitivity, string message) => Say(() => channel.Warning(sensitivity, Named(message)));

    public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) => Say(() => channel.Warning(sensitivity, Named(fmt), args));

    public void Info(MessageSensitivity sensitivity, string message) => Say(() => channel.Info(sensitivity, Named(message)));

    public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) => Say(() => channel.Info(sensitivity, Named(fmt), args));

    public void Send(ChannelMessage message) => Say(() => channel.Send(message));

    public TException Process<TException>(TException exception) where TException : Exception => channel.Process(exception);

    public void Dispose()
    {
        // The channel is its owner's.
    }

    private string Named(string message) => $"Network {member}: {message}";

    private void Say(Action say)
    {
        if (member is null) return;
        lock (channel) say();
    }
}
