using System.Data.Common;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>How a silo takes part in training, scoring and serving.</summary>
public sealed class EmbeddingsSiloOptions
{
    /// <summary>The name of the Orleans grain storage that keeps the state of runs and what is handed from silo to silo.</summary>
    /// <value>"embeddings".</value>
    public const string StorageName = "embeddings";

    /// <summary>Folder of the files that <see cref="Shards"/> name, and of what scoring writes.</summary>
    /// <value>Default the current folder. Either one that all silos share, or one with the silo's own files.</value>
    public string DataFolder { get; set; } = ".";

    /// <summary>
    /// Folder of the state of runs, which all silos must share: a run whose coordinator is lost goes on from it on another silo. Not used where the host
    /// has a grain storage named <see cref="StorageName"/>, such as Redis, ADO.NET or Azure blobs.
    /// </summary>
    /// <value>Default null: the folder <c>.embeddings</c> in <see cref="DataFolder"/>.</value>
    public string? StateFolder { get; set; }

    /// <summary>Cores at work at most.</summary>
    /// <value>Default all of the machine. At least 1.</value>
    public int Cores { get; set; } = Environment.ProcessorCount;

    /// <summary>How often a silo looks whether a model that it serves has another version.</summary>
    /// <value>Default 5 seconds. Longer than nothing.</value>
    public TimeSpan ModelCheckInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections by their names.</summary>
    internal Dictionary<string, Func<DbConnection>> Connections { get; } = new(StringComparer.Ordinal);

    /// <summary>Sources by their names.</summary>
    internal Dictionary<string, SiloSource> Sources { get; } = new(StringComparer.Ordinal);

    /// <summary>Lets the silo read parts of queries of a database: <see cref="Shards.Query"/>.</summary>
    /// <param name="name">What clients call it; they never see how to connect.</param>
    /// <param name="provider">That of the database, such as <c>SqlClientFactory.Instance</c> or <c>NpgsqlFactory.Instance</c>.</param>
    /// <param name="connectionString">How to connect.</param>
    /// <returns>The same settings.</returns>
    public EmbeddingsSiloOptions AddConnection(string name, DbProviderFactory provider, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return AddConnection(name, () =>
        {
            var connection = provider.CreateConnection() ?? throw new NotSupportedException($"{provider.GetType()} makes no connections.");
            connection.ConnectionString = connectionString;
            return connection;
        });
    }

    /// <param name="name">What clients call it; they never see how to connect.</param>
    /// <param name="connect">Makes a connection that is closed, for one reader.</param>
    /// <inheritdoc cref="AddConnection(string, DbProviderFactory, string)" path="/summary|/returns"/>
    public EmbeddingsSiloOptions AddConnection(string name, Func<DbConnection> connect)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(connect);
        Connections[name] = connect;
        return this;
    }

    /// <summary>Lets the silo read parts that the application itself opens: <see cref="Shards.Custom"/>.</summary>
    /// <param name="name">What clients call it.</param>
    /// <param name="names">
    /// Names of the parts that this silo can open. A part has the same name on all silos that have it; they are taken in the order of their names.
    /// </param>
    /// <param name="open">Opens one: the same rows in the same order each time, the same columns for all. Called from several threads at once.</param>
    /// <returns>The same settings.</returns>
    public EmbeddingsSiloOptions AddSource(string name, Func<IEnumerable<string>> names, Func<MLContext, string, IDataView> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(open);
        Sources[name] = new SiloSource(names, open);
        return this;
    }

    /// <summary>The folder of states.</summary>
    internal string States => Path.GetFullPath(StateFolder ?? Path.Combine(DataFolder, ".embeddings"));

    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (string.IsNullOrWhiteSpace(DataFolder)) faults.Add($"{nameof(DataFolder)} must name a folder.");
        if (Cores < 1) faults.Add($"{nameof(Cores)} must be at least 1; it was {Cores}.");
        if (ModelCheckInterval <= TimeSpan.Zero) faults.Add($"{nameof(ModelCheckInterval)} must be longer than nothing; it was {ModelCheckInterval}.");
        OptionErrors.ThrowIfAny("The silo's settings", faults, nameof(EmbeddingsSiloOptions));
    }
}

/// <summary>Parts that the application opens.</summary>
/// <param name="Names">Names of those that there are.</param>
/// <param name="Open">Opens one.</param>
internal sealed record SiloSource(Func<IEnumerable<string>> Names, Func<MLContext, string, IDataView> Open);
