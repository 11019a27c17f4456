using System.Diagnostics;

namespace MLNet.Embeddings.Robustness;

/// <summary>Alters files and loads them, in a process whose memory is bounded; tells the process that started it how far it is.</summary>
internal static class FuzzWorker
{
    /// <summary>What a line of a find begins with; other lines are numbers of files that are about to be loaded.</summary>
    internal const char Find = '!';

    /// <param name="arguments">How many files, the first number, and the folder of finds, in which sound files stand.</param>
    internal static int Run(Arguments arguments)
    {
        string sources = FuzzHunt.SourcesOf(arguments.Folder);
        var (names, files) = Sources(sources);
        string scratch = Directory.CreateTempSubdirectory("robustness-").FullName;
        for (int number = arguments.Seed; number < arguments.Seed + arguments.Count; number++)
        {
            Console.WriteLine(number);
            int source = number % names.Length;
            string path = Path.Combine(scratch, names[source]);
            File.WriteAllBytes(path, FuzzFiles.Alter(names[source], files[source], number));
            if (Problem(path) is not { } problem) continue;
            Keep(path, arguments.Folder, number);
            Console.WriteLine($"{Find}{number} {problem.ReplaceLineEndings(" ")}");
        }
        Directory.Delete(scratch, recursive: true);
        return 0;
    }

    /// <summary>What loading a file does that it should not; null if nothing.</summary>
    internal static string? Problem(string path)
    {
        bool isLoaded = false;
        try
        {
            var use = FuzzFiles.Load(path);
            isLoaded = true;
            use();
            return null;
        }
        catch (Exception e)
        {
            var error = NamedError.Of(e);
            bool isNamed = isLoaded ? NamedError.IsNamed(error) : error is FormatException;
            return isNamed || !IsOurs(error) ? null : NamedError.Describe(error);
        }
    }

    /// <summary>Keeps a file that failed under a name that says its kind, its random network and its number.</summary>
    internal static void Keep(string path, string folder, int number)
    {
        string name = Path.GetFileName(path), kind = name[..name.IndexOf('.', StringComparison.Ordinal)];
        File.Copy(path, Path.Combine(folder, $"{kind}-{number}{name[kind.Length..]}"), overwrite: true);
    }

    internal static (string[] Names, byte[][] Files) Sources(string folder)
    {
        string[] paths = [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)];
        return (Array.ConvertAll(paths, path => Path.GetFileName(path)), Array.ConvertAll(paths, File.ReadAllBytes));
    }

    /// <summary>ML.NET reads entries of its own, by its own rules; memory that runs out is ours.</summary>
    private static bool IsOurs(Exception error) => error is OutOfMemoryException
        || new StackTrace(error).GetFrames().Select(frame => frame.GetMethod()?.DeclaringType?.Assembly)
            .Any(assembly => assembly == typeof(MultiEmbeddingTransformer).Assembly || assembly == typeof(TrainedModel).Assembly);
}
