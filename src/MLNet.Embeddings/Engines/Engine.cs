namespace MLNet.Embeddings;

/// <summary>What computes a training.</summary>
public enum TrainingBackend
{
    /// <summary><see cref="Torch"/> where <c>MLContext.GpuDeviceId</c> names a GPU, else <see cref="Kernels"/>.</summary>
    Auto,

    /// <summary>The library's own kernels, on the CPU: no native library, any number of fits at once, each on its own threads.</summary>
    Kernels,

    /// <summary>
    /// TorchSharp, on the GPU that <c>MLContext.GpuDeviceId</c> names, else on the CPU. The application brings libtorch: the package TorchSharp-cpu, or a CUDA
    /// one. Fits take turns, since torch has one random generator for the process.
    /// </summary>
    Torch,
}

/// <summary>Which engine is asked for.</summary>
/// <param name="Backend">As the options name it.</param>
/// <param name="Gpu">Number of the GPU that the context names; null for none.</param>
/// <param name="FallsBack">Whether the CPU will do where there is no such GPU.</param>
/// <param name="Warn">Takes messages.</param>
/// <param name="Cancellation">Ends the waiting for other fits.</param>
internal sealed record EngineChoice(TrainingBackend Backend, int? Gpu, bool FallsBack, Action<string> Warn, CancellationToken Cancellation)
{
    /// <summary>Whether torch is to train.</summary>
    /// <exception cref="DllNotFoundException">A GPU is asked for, the CPU will not do, and there is no libtorch.</exception>
    /// <exception cref="InvalidOperationException">A GPU is asked for, the CPU will not do, and there is none.</exception>
    internal bool IsTorch() =>
        Backend == TrainingBackend.Torch || Backend == TrainingBackend.Auto && Gpu is { } gpu && TorchEngine.Finds(gpu, FallsBack, Warn);
}

/// <summary>Makes networks that are trained, by the engine that is asked for.</summary>
internal static class Engine
{
    /// <summary>A network over columns.</summary>
    /// <param name="shape">The network's form.</param>
    /// <param name="initial">What its arrays begin with; they become its own.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="choice">Which engine.</param>
    internal static ITrainableColumns Open(
        NetworkShape shape, IReadOnlyDictionary<string, InitialArray> initial, EngineSettings settings, EngineChoice choice) => choice.IsTorch()
        ? TorchEngine.OpenColumns(shape, initial, settings, choice.Gpu, choice.FallsBack, choice.Warn, choice.Cancellation)
        : new KernelColumns(shape, initial, settings);

    /// <summary>An encoder-decoder.</summary>
    /// <inheritdoc cref="Open(NetworkShape, IReadOnlyDictionary{string, InitialArray}, EngineSettings, EngineChoice)" path="/param"/>
    internal static ITrainableEncoderDecoder Open(
        EncoderDecoderShape shape, IReadOnlyDictionary<string, InitialArray> initial, EngineSettings settings, EngineChoice choice) => choice.IsTorch()
        ? TorchEngine.OpenEncoderDecoder(shape, initial, settings, choice.Gpu, choice.FallsBack, choice.Warn, choice.Cancellation)
        : new KernelEncoderDecoder(shape, initial, settings);
}

/// <summary>How a network is trained, whatever its form: what an engine has to know of the options.</summary>
internal sealed record EngineSettings
{
    /// <summary>Seed of the random streams.</summary>
    internal int Seed { get; init; }

    /// <summary>How many threads may work.</summary>
    internal int Threads { get; init; } = 1;

    /// <summary>Share of the values of sequence vectors and hidden layers to drop.</summary>
    internal double Dropout { get; init; }

    /// <summary>Decoupled weight decay of matrices: <see cref="ArrayRole.Matrix"/>.</summary>
    internal double WeightDecay { get; init; }

    /// <summary>Largest norm of all gradients together; longer ones are scaled to it.</summary>
    internal double MaxGradientNorm { get; init; } = double.PositiveInfinity;

    /// <summary>What a step keeps of the moving average of the weights; 0 for no average.</summary>
    internal double AveragingDecay { get; init; }

    /// <summary>Whether a step moves every row of the tables, and not only those that its batch looked up.</summary>
    internal bool DenseTableUpdates { get; init; }
}
