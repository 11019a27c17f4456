using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace MLNet.Embeddings.Tests;

/// <summary>Silos in this process, and a client.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;

    private TestSilos(InProcessTestCluster cluster) => _cluster = cluster;

    /// <summary>The client.</summary>
    internal IClusterClient Client => _cluster.Client;

    /// <summary>Addresses of the silos that run.</summary>
    internal IEnumerable<SiloAddress> Addresses => _cluster.Silos.Select(silo => silo.SiloAddress);

    /// <param name="count">Number of silos.</param>
    /// <param name="folder">Folder of files and states.</param>
    /// <param name="configure">Sets what is of one silo, by its number.</param>
    internal static async Task<TestSilos> StartAsync(int count, string folder, Action<int, EmbeddingsSiloOptions>? configure = null)
    {
        var builder = new InProcessTestClusterBuilder((short)count);
        int number = -1;
        builder.ConfigureSilo((_, silo) =>
        {
            // A silo that is killed is found out in a second or two.
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
                options.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(2);
                options.NumVotesForDeathDeclaration = 1;
            });
            silo.UseEmbeddings(options =>
            {
                (options.DataFolder, options.StateFolder) = (folder, Path.Combine(folder, "states"));
                configure?.Invoke(Interlocked.Increment(ref number), options);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new TestSilos(cluster);
    }

    /// <summary>Ends a silo without a word to the others.</summary>
    internal Task KillAsync(SiloAddress silo) => _cluster.KillSiloAsync(_cluster.GetSiloForAddress(silo)!);

    /// <summary>Ends a silo that has grains of fits: their coordinator's, or one of the others.</summary>
    /// <returns>Its address.</returns>
    internal async Task<string> EndAsync(bool isCoordinator, bool kills)
    {
        var grains = await Client.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        var coordinator = grains.First(grain => grain.GrainId.Type.ToString()!.Contains("fit", StringComparison.Ordinal)
            && !grain.GrainId.Type.ToString()!.Contains("worker", StringComparison.Ordinal)).SiloAddress;
        var silo = isCoordinator ? coordinator : Addresses.First(one => !one.Equals(coordinator));
        await (kills ? KillAsync(silo) : _cluster.StopSiloAsync(_cluster.GetSiloForAddress(silo)!));
        return silo.ToString();
    }

    /// <summary>A service of a silo.</summary>
    internal T Service<T>(SiloAddress silo) where T : notnull => _cluster.GetSiloServiceProvider(silo).GetRequiredService<T>();

    /// <summary>Adds a silo.</summary>
    internal Task AddAsync() => _cluster.StartAdditionalSiloAsync();

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
