using System.IO.Compression;
using System.Text;
using Microsoft.ML;

namespace MLNet.Embeddings.Robustness;

/// <summary>The sound files that are altered, and what loads each kind. The name of a file says its kind and the number of its random network.</summary>
internal static class FuzzFiles
{
    private const string Model = "model", Steps = "steps", Saved = "checkpoint", Vectors = "vectors", Tensors = "tensors";
    private const int Models = 24;

    private static readonly string[] Columns = ["Source"];

    /// <summary>Random networks that are small, as each checkpoint is trained on from.</summary>
    private static readonly int[] Resumed = [1, 2, 11, 12];

    /// <summary>One for all files: making one takes longer than loading most of them.</summary>
    private static readonly MLContext Context = new(1);

    /// <summary>Writes sound files of every kind.</summary>
    internal static void Write(string folder)
    {
        void Put(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(folder, name), bytes);
        for (int i = 0; i < Models; i++) Put($"{Model}-{i}.zip", ModelFile.Save(Context, Fit(RandomCase.Of(i), null, _ => { })));
        var texts = Texts();
        var steps = Context.Transforms.Text.IndexTokens("Tokens", Columns[0], new() { NgramLength = 2 })
            .Append(Context.Transforms.Text.IndexTokens("Hashed", Columns[0], new() { HashBuckets = 50, Split = TokenSplit.Character }))
            .Append(Context.Transforms.Categorical.IndexCategories("Category", Columns[0]));
        Put($"{Steps}-0.zip", ModelFile.Save(Context, steps.Fit(texts)));
        foreach (int i in Resumed) Put($"{Saved}-{i}.zip", CheckpointOf(RandomCase.Of(i)));
        string lines = string.Concat(Enumerable.Range(0, 20).Select(i => $"word{i} {i * 0.25} -1.5e-3 {i}\n"));
        Put($"{Vectors}-0.txt", Encoding.UTF8.GetBytes(lines));
        Put($"{Vectors}-1.txt", Encoding.UTF8.GetBytes($"20 3\n{lines}"));
        using (var zipped = new MemoryStream())
        {
            using (var gzip = new GZipStream(zipped, CompressionMode.Compress, leaveOpen: true)) gzip.Write(Encoding.UTF8.GetBytes(lines));
            Put($"{Vectors}-2.txt.gz", zipped.ToArray());
        }
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, new Dictionary<string, WeightArray> { ["a"] = new([2, 3], [1, 2, 3, 4, 5, 6]), ["b.c"] = new([4], [7, 8, 9, 10]) });
        Put($"{Tensors}-0.safetensors", stream.ToArray());
    }

    /// <summary>Alters a file by the number of the mutation.</summary>
    internal static byte[] Alter(string name, byte[] bytes, int number)
    {
        var random = new Random(number);
        return name.EndsWith(".zip", StringComparison.Ordinal) ? new ZipMutation(random).Apply(bytes)
            : KindOf(name) == Tensors ? new ZipMutation(random).Tensors(bytes)
            : new ByteMutation(random).Apply(bytes);
    }

    /// <summary>Loads a file.</summary>
    /// <returns>What uses it then, which may throw any named error; loading throws <see cref="FormatException"/> alone.</returns>
    internal static Action Load(string path)
    {
        string name = Path.GetFileName(path);
        switch (KindOf(name))
        {
            case Model or Steps:
                var model = Context.Model.Load(path, out _);
                return () => Read(model.Transform(KindOf(name) == Model ? RandomCase.Of(NumberOf(name)).Training : Texts()));
            case Saved:
                return () => Resume(RandomCase.Of(NumberOf(name)), path);
            case Vectors:
                using (var file = new VectorFile(path))
                {
                    float[] vector = new float[file.Dimensions];
                    while (file.Read()) file.CopyTo(vector);
                }
                break;
            default:
                using (var stream = File.OpenRead(path)) SafeTensors.Read(stream);
                break;
        }
        return () => { };
    }

    private static string KindOf(string name) => name.Split('-')[0];

    private static int NumberOf(string name) => int.Parse(name.Split('-', '.')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static MemoryView Texts() => new(new RandomData(new Random(1), 30).Texts(Columns[0], 0, 6, 20));

    private static void Read(IDataView scored)
    {
        using var cursor = scored.GetRowCursor(scored.Schema);
        var getters = scored.Schema.Where(column => cursor.IsColumnActive(column)).Select(column => AnyGetter.Of(cursor, column)).ToArray();
        for (int row = 0; row < 2 && cursor.MoveNext(); row++)
        {
            foreach (var getter in getters) getter();
        }
    }

    private static ITransformer Fit(RandomCase tried, CheckpointOptions? checkpoints, Action<int> atStep)
    {
        var settings = tried.Settings with
        {
            Backend = TrainingBackend.Kernels,
            Checkpoints = checkpoints,
            Schedule = new StepHook(tried.Settings.Schedule, atStep),
        };
        // Several networks would have a checkpoint each.
        if (checkpoints is not null && settings is MultiEmbeddingOptions columns) settings = columns with { Members = 1 };
        return tried.Fit(Context, settings, tried.Training);
    }

    private static byte[] CheckpointOf(RandomCase tried)
    {
        string folder = Directory.CreateTempSubdirectory("robustness-").FullName;
        try
        {
            Fit(tried, Checkpoints(folder), step =>
            {
                if (step == RandomCase.FewestSteps - 1) throw new BrokenRowException();
            });
        }
        catch (BrokenRowException)
        {
        }
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, "checkpoint.zip"));
        Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private static void Resume(RandomCase tried, string path)
    {
        string folder = Directory.CreateTempSubdirectory("robustness-").FullName;
        try
        {
            File.Copy(path, Path.Combine(folder, "checkpoint.zip"));
            Fit(tried, Checkpoints(folder), _ => { });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CheckpointOptions Checkpoints(string folder) => new(folder) { EveryEpochs = null, Interval = TimeSpan.FromTicks(1) };
}
