using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Rows in parts, each of which is opened on a silo that has it.</summary>
/// <remarks>
/// A silo has a file if it is in its <see cref="EmbeddingsSiloOptions.DataFolder"/>, which may be a folder of its own or one that all share. Parts are taken in
/// the order of their names; all must have the same columns.
/// </remarks>
[GenerateSerializer, Immutable]
public abstract class Shards
{
    private protected Shards() { }

    /// <summary>What it is called in messages.</summary>
    internal abstract string Name { get; }

    /// <summary>Files as a loader of ML.NET reads them, such as a <see cref="TextLoader"/>.</summary>
    /// <param name="pattern">Which files, under the data folder of each silo, such as <c>data/*.csv</c> or <c>**/*.tsv</c>.</param>
    /// <param name="loader">Reads them; it is sent to the silos as ML.NET saves it.</param>
    /// <exception cref="ArgumentException">The pattern leads out of the folder.</exception>
    public static Shards Files(string pattern, IDataLoader<IMultiStreamSource> loader)
    {
        ArgumentNullException.ThrowIfNull(loader);
        using var stream = new MemoryStream();
        new MLContext().Model.Save(new TransformerChain<ITransformer>(), loader, stream);
        return new LoadedShards(FilePattern.Checked(pattern), stream.ToArray());
    }

    /// <summary>Whether parts must be examined before they are opened: <see cref="Resolve"/>.</summary>
    internal virtual bool NeedsExamination => false;

    /// <summary>What a part tells of how all are to be read, such as the types of its columns. May read all of it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal virtual byte[] Examine(ShardPlace place, string name) => throw new NotSupportedException($"'{Name}' is not examined.");

    /// <summary>The same parts, all of which are read alike.</summary>
    /// <param name="found">What <see cref="Examine"/> gave for each, in the order of names.</param>
    /// <exception cref="ShardException">They do not go together.</exception>
    internal virtual Shards Resolve(IReadOnlyList<(string Name, byte[] Found)> found) => this;

    /// <summary>Names of the parts that a silo has.</summary>
    internal abstract IEnumerable<string> Find(ShardPlace place);

    /// <summary>Opens a part, of shards that are resolved.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    internal abstract IDataView Open(MLContext context, ShardPlace place, string name);
}

/// <summary>Where parts are opened.</summary>
/// <param name="Options">Settings of the silo.</param>
internal sealed record ShardPlace(EmbeddingsSiloOptions Options)
{
    /// <summary>The folder of files.</summary>
    internal string Folder => Path.GetFullPath(Options.DataFolder);
}

/// <summary>Files that a saved loader reads.</summary>
[GenerateSerializer, Immutable]
internal sealed class LoadedShards(string pattern, byte[] loader) : Shards
{
    [Id(0)] private readonly string _pattern = pattern;
    [Id(1)] private readonly byte[] _loader = loader;

    internal override string Name => _pattern;

    internal override IEnumerable<string> Find(ShardPlace place) => FilePattern.Find(_pattern, place.Folder);

    internal override IDataView Open(MLContext context, ShardPlace place, string name)
    {
        using var stream = new MemoryStream(_loader, writable: false);
        context.Model.LoadWithDataLoader(stream, out var loader);
        return loader.Load(new MultiFileSource(FilePattern.PathOf(name, place.Folder)));
    }
}
