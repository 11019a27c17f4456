using System.Net;
using System.Net.Sockets;

namespace Cluster;

/// <summary>The ports of the silos on the loopback.</summary>
/// <param name="Silos">For the silos among each other, in their order.</param>
/// <param name="Gateways">For clients.</param>
internal sealed record Ports(int[] Silos, int[] Gateways)
{
    /// <summary>Ports that are free now.</summary>
    internal static Ports Free(int silos)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, 2 * silos).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners) listener.Start();
        int[] ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        foreach (var listener in listeners) listener.Stop();
        return new(ports[..silos], ports[silos..]);
    }
}
