using System.Text;

namespace MLNet.Embeddings;

/// <summary>Sorted runs of terms and counts in temporary files, which nobody else sees and which end with this, or with the process.</summary>
internal sealed class TermRuns : IDisposable
{
    /// <summary>So many runs of one size become one, so that few files are open and each term is written few times, however many runs there are.</summary>
    private const int MostOfALevel = 16;

    private const int BufferSize = 1 << 16;

    private readonly List<(int Level, FileStream File)> _runs = [];

    /// <summary>Whether there is none.</summary>
    internal bool IsEmpty => _runs.Count == 0;

    /// <summary>Number of files.</summary>
    internal int Count => _runs.Count;

    /// <summary>Adds a run of terms that are in ordinal order.</summary>
    /// <exception cref="IOException">The temporary folder cannot hold it.</exception>
    internal void Add(CountedTerms terms)
    {
        _runs.Add((0, Write(terms)));
        MergeLevels();
    }

    /// <summary>Takes over the runs of another, which has none any more.</summary>
    internal void Add(TermRuns other)
    {
        _runs.AddRange(other._runs);
        other._runs.Clear();
        MergeLevels();
    }

    /// <summary>The terms of each run in ordinal order; runs are read by one at a time.</summary>
    internal IEnumerable<CountedTerms> Open() => _runs.Select(run => Open(run.File)).ToArray();

    /// <summary>Deletes the files.</summary>
    public void Dispose()
    {
        foreach (var (_, file) in _runs) file.Dispose();
        _runs.Clear();
    }

    private static TermRunReader Open(FileStream file)
    {
        file.Position = 0;
        return new TermRunReader(new BinaryReader(file, Encoding.UTF8, leaveOpen: true));
    }

    private void MergeLevels()
    {
        while (_runs.CountBy(run => run.Level).FirstOrDefault(level => level.Value >= MostOfALevel) is { Value: > 0, Key: var level })
        {
            var merged = _runs.FindAll(run => run.Level == level);
            var file = Write(new MergedTerms(merged.Select(run => Open(run.File))));
            _runs.RemoveAll(merged.Contains);
            foreach (var run in merged) run.File.Dispose();
            _runs.Add((level + 1, file));
        }
    }

    private static FileStream Write(CountedTerms terms)
    {
        FileStream? file = null;
        try
        {
            file = TemporaryFile.Create(BufferSize);
            using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
            TermRun.Write(writer, terms);
            return file;
        }
        catch (Exception e)
        {
            file?.Dispose();
            if (e is not (IOException or UnauthorizedAccessException)) throw;
            throw new IOException(
                $"There are more terms than are counted in memory, and the temporary folder '{TemporaryFile.Folder}' cannot hold the rest: {e.Message} Make " +
                $"room there, {TemporaryFile.OtherFolder}, or make fewer terms: a lower NgramLength, or HashBuckets.", e);
        }
    }
}
