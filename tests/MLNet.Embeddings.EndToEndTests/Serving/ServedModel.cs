using System.Diagnostics;

namespace MLNet.Embeddings.Tests;

/// <summary>The tool in a process of its own that serves a model at some free port, until it is disposed of.</summary>
internal sealed class ServedModel : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _log = [];
    private readonly TaskCompletionSource<string> _address = new();

    internal ServedModel(string modelFile, params string[] options)
    {
        string[] arguments = [Repository.Program("src/MLNet.Embeddings.Tool", "mlnet-embeddings"), "serve", modelFile, "--port", "0", .. options];
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true },
            EnableRaisingEvents = true,
        };
        _process.OutputDataReceived += Take;
        _process.ErrorDataReceived += Take;
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The server does not start: {Log}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (!_address.Task.Wait(TimeSpan.FromMinutes(2))) throw new InvalidOperationException($"The server does not start: {Log}");
        Client.BaseAddress = new Uri(_address.Task.Result);
    }

    internal HttpClient Client { get; } = new();

    internal bool IsRunning => !_process.HasExited;

    internal long Bytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    internal string Log
    {
        get
        {
            lock (_log) return string.Join('\n', _log);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        string text = line.Data ?? "";
        lock (_log) _log.Add(text);
        // The first line is "Serving FILE at http://127.0.0.1:40123".
        int at = text.IndexOf("http://", StringComparison.Ordinal);
        if (at >= 0) _address.TrySetResult(text[at..].Trim());
    }
}
