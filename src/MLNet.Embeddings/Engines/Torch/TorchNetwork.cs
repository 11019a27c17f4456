using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>A network of torch's operations with its optimizer, all of it on one device.</summary>
internal abstract class TorchNetwork : ITrainable
{
    private readonly TorchOptimizer _optimizer;
    private readonly EngineSettings _settings;

    private protected TorchNetwork(IReadOnlyDictionary<string, InitialArray> arrays, EngineSettings settings, torch.Device device)
    {
        _settings = settings;
        Arrays = new TorchArrays(arrays, device);
        _optimizer = new TorchOptimizer([.. Arrays.All], settings);
    }

    public abstract bool Pads { get; }

    /// <summary>What ends with the network; null for nothing.</summary>
    internal IDisposable? Session { get; init; }

    private protected TorchArrays Arrays { get; }

    public void Step(double learningRate) => _optimizer.Step(learningRate);

    public IDisposable? UseAverage() => _optimizer.UseAverage();

    public IEnumerable<(string Name, float[] Values)> Export() =>
        Arrays.All.Select(array => (array.Name, array.Initial.IsTrained ? TorchArrays.Floats(array.Values) : array.Initial.Values));

    public TrainingState Save() => _optimizer.Save();

    public void Restore(TrainingState state) => _optimizer.Restore(state);

    /// <summary>The gradients that were learned last, by the names of the trained arrays; those of tables for all rows.</summary>
    internal IReadOnlyDictionary<string, float[]> Gradients()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        return Arrays.All.Where(array => array.Learns).ToDictionary(array => array.Name, array => TorchArrays.Floats(TorchOptimizer.DenseGradient(array)));
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        Arrays.Dispose();
        Session?.Dispose();
    }

    /// <summary>Computes something that gradients will be taken of.</summary>
    private protected T WithGradients<T>(Func<T> learn)
    {
        using var scope = torch.NewDisposeScope();
        using var gradients = torch.enable_grad();
        Seed();
        foreach (var array in Arrays.All) array.Clear();
        return learn();
    }

    /// <summary>Computes something without gradients.</summary>
    private protected static void WithoutGradients(Action compute)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        compute();
    }

    /// <summary>Dropout of its own for each step, which depends on nothing that was drawn before.</summary>
    private void Seed()
    {
        // torch's generator on the CPU takes 32 bits of a seed. The factor is that of Knuth's multiplicative hashing.
        uint seed = unchecked((uint)_settings.Seed * 2_654_435_761u + (uint)_optimizer.Steps);
        torch.manual_seed(seed).Dispose();
        if (Arrays.Device.type == DeviceType.CUDA) torch.cuda.manual_seed_all(seed);
    }
}
