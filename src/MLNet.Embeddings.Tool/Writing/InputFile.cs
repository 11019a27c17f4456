namespace MLNet.Embeddings.Tool;

/// <summary>A file of rows. As rows are read more than once, standard input and pipes are copied to a file in a folder that nobody else can read.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly DirectoryInfo? _temporary;

    private InputFile(string path, DirectoryInfo? temporary = null) => (Path, _temporary) = (path, temporary);

    internal string Path { get; }

    /// <param name="path">The file.</param>
    /// <param name="isStandard">Whether it is standard input instead.</param>
    /// <param name="format">The format of what is copied: csv or jsonl.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    internal static InputFile Of(string path, bool isStandard, string format, CancellationToken cancellationToken)
    {
        // What is wrong with a file that is not there is said where it is read.
        if (!isStandard && !File.Exists(path)) return new InputFile(path);
        using var stream = isStandard ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return stream.CanSeek ? new InputFile(path)
            : Copy(stream, $"{(isStandard ? "standard input" : System.IO.Path.GetFileName(path))}.{format}", cancellationToken);
    }

    public void Dispose() => _temporary?.Delete(recursive: true);

    private static InputFile Copy(Stream stream, string name, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("mlnet-embeddings-");
        var input = new InputFile(System.IO.Path.Combine(folder.FullName, name), folder);
        try
        {
            using var file = new FileStream(input.Path, FileMode.CreateNew);
            stream.CopyToAsync(file, cancellationToken).WaitAsync(cancellationToken).GetAwaiter().GetResult();
            return input;
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
