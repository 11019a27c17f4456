namespace MLNet.Embeddings.Tool;

/// <summary>A file of rows; standard input is copied to a temporary one, as rows are read more than once.</summary>
internal sealed class InputFile : IDisposable
{
    private readonly bool _isTemporary;

    private InputFile(string path, bool isTemporary) => (Path, _isTemporary) = (path, isTemporary);

    internal string Path { get; }

    /// <param name="path">The file.</param>
    /// <param name="isStandard">Whether it is standard input instead.</param>
    /// <param name="format">The format of that: csv or jsonl.</param>
    internal static InputFile Of(string path, bool isStandard, string format)
    {
        if (!isStandard) return new InputFile(path, isTemporary: false);
        var input = new InputFile(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"mlnet-embeddings-{Guid.NewGuid():N}.{format}"), isTemporary: true);
        using var stream = Console.OpenStandardInput();
        using var file = new FileStream(input.Path, FileMode.CreateNew);
        stream.CopyTo(file);
        return input;
    }

    public void Dispose()
    {
        if (_isTemporary) File.Delete(Path);
    }
}
