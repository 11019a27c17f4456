using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Cluster;

/// <summary>Silos in processes of their own, and a client of them.</summary>
internal sealed class LocalSilos : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly IHost _host;

    private LocalSilos(IHost host) => _host = host;

    /// <summary>The client.</summary>
    internal IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>The largest memory of each silo so far, in bytes.</summary>
    internal IReadOnlyList<long> PeakMemory => [.. _processes.Select(process =>
    {
        process.Refresh();
        return process.PeakWorkingSet64;
    })];

    /// <param name="count">Number of silos.</param>
    /// <param name="cores">Cores that each has.</param>
    /// <param name="folder">The folder of the silos' files.</param>
    internal static async Task<LocalSilos> StartAsync(int count, int cores, string folder)
    {
        var ports = Ports.Free(count);
        var host = Host.CreateApplicationBuilder();
        host.Logging.ClearProviders();
        host.UseOrleansClient(client => client.UseLocalhostClustering(ports.Gateways)
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(15)));
        var silos = new LocalSilos(host.Build());
        // The first one keeps the list of the others, so it comes first.
        for (int i = 0; i < count; i++) await silos.AddAsync(SiloProcess.Arguments(ports.Silos[i], ports.Gateways[i], ports.Silos[0], cores, folder));
        await silos._host.StartAsync();
        return silos;
    }

    /// <summary>Kills the process of a silo: any but the first, which keeps the list.</summary>
    /// <returns>Its number, from 1.</returns>
    internal int Kill(Random random)
    {
        int[] killable = [.. Enumerable.Range(1, _processes.Count - 1).Where(silo => !_processes[silo].HasExited)];
        int killed = killable[random.Next(killable.Length)];
        _processes[killed].Kill();
        return killed + 1;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task AddAsync(string[] arguments)
    {
        string path = Environment.ProcessPath!, program = Environment.GetCommandLineArgs()[0];
        bool isHosted = Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(path, isHosted ? [program, .. arguments] : arguments)
        {
            RedirectStandardInput = true, // ends with this process, and the silo with it
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        _processes.Add(process);
        if (await process.StandardOutput.ReadLineAsync() is null) throw new InvalidOperationException("A silo did not start; it has said why.");
    }
}
