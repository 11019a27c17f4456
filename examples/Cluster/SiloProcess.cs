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

    internal static string[] Arguments(int port, int gateway, int primary, int cores, string folder) =>
        [Role, $"{port}", $"{gateway}", $"{primary}", $"{cores}", folder];

    /// <summary>Runs until the process is ended, or its standard input is: with the program that started it.</summary>
    internal static async Task RunAsync(string[] arguments)
    {
        int[] numbers = [.. arguments[1..5].Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var host = Host.CreateApplicationBuilder();
        // Silos that are killed are no news here.
        host.Logging.ClearProviders().AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Critical);
        host.UseOrleans(silo =>
        {
            // The first silo keeps the list of all; a real cluster keeps it in a database: docs/cluster.md.
            silo.UseLocalhostClustering(numbers[0], numbers[1], new IPEndPoint(IPAddress.Loopback, numbers[2]));
            // Found out in seconds when one is lost.
            silo.Configure<ClusterMembershipOptions>(options => (options.ProbeTimeout, options.NumMissedProbesLimit) = (TimeSpan.FromSeconds(1), 2));
            // A call that was on its way to it is made again after this, which must be above the 10 seconds that calls may wait for an answer.
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(15));
            silo.UseEmbeddings(options => (options.Cores, options.DataFolder) = (numbers[3], arguments[5]));
        });
        using var running = host.Build();
        await running.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        await running.StopAsync();
    }
}
