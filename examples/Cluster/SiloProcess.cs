using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace Cluster;

/// <summary>A process that is a silo.</summary>
internal static class SiloProcess
{
    /// <summary>What the arguments of such a process begin with.</summary>
    internal const string Role = "--silo";

    internal static string[] Arguments(int port, int gateway, int primary, string folder) =>
        [Role, $"{port}", $"{gateway}", $"{primary}", folder];

    /// <summary>Runs until the process is ended, or its standard input is: with the program that started it.</summary>
    internal static async Task RunAsync(string[] arguments)
    {
        int[] ports = [.. arguments[1..4].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var host = Host.CreateApplicationBuilder();
        host.Logging.ClearProviders().AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
        host.UseOrleans(silo =>
        {
            // The first silo keeps the list of all; a real cluster keeps it in a database: docs/cluster.md.
            silo.UseLocalhostClustering(ports[0], ports[1], new IPEndPoint(IPAddress.Loopback, ports[2]));
            // Found out in seconds when one is lost.
            silo.Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2));
            silo.UseEmbeddings(options =>
            {
                options.DataFolder = arguments[4];
                options.Cores = Math.Max(1, Environment.ProcessorCount / LocalSilos.Count);
            });
        });
        using var running = host.Build();
        await running.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        await running.StopAsync();
    }
}
