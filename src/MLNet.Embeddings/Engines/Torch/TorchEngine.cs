using System.Runtime.CompilerServices;
using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Networks that are trained by torch, on a CPU or a GPU.</summary>
internal static class TorchEngine
{
    /// <summary>Whether there is a GPU of that number.</summary>
    /// <param name="gpu">Its number.</param>
    /// <param name="fallsBack">Whether it may be missing, with libtorch or without.</param>
    /// <param name="warn">Takes the message that it is.</param>
    /// <exception cref="DllNotFoundException">There is no libtorch, or it does not load, and something else will not do.</exception>
    /// <exception cref="InvalidOperationException">There is no such GPU, and something else will not do.</exception>
    internal static bool Finds(int gpu, bool fallsBack, Action<string> warn)
    {
        try
        {
            LibTorch.EnsureLoaded();
        }
        catch (DllNotFoundException missing) when (fallsBack)
        {
            warn($"The MLContext asks for GPU {gpu}, and there is no libtorch that could use it. Training uses the CPU instead. {missing.Message}");
            return false;
        }
        return IsThere(gpu, fallsBack, warn);
    }

    /// <summary>A network over columns, which has torch for itself until it is disposed.</summary>
    /// <param name="shape">The network's form.</param>
    /// <param name="arrays">What its arrays begin with.</param>
    /// <param name="settings">How it is trained.</param>
    /// <param name="gpu">Number of the GPU to train on; null for the CPU.</param>
    /// <param name="fallsBack">Whether the CPU will do where there is no such GPU.</param>
    /// <param name="warn">Takes the message that it does.</param>
    /// <param name="cancellationToken">Ends the waiting for other fits.</param>
    /// <exception cref="DllNotFoundException">There is no libtorch, or it does not load.</exception>
    /// <exception cref="InvalidOperationException">There is no such GPU, and the CPU will not do.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled while other fits had their turn.</exception>
    internal static ITrainableColumns OpenColumns(
        NetworkShape shape, IReadOnlyDictionary<string, InitialArray> arrays, EngineSettings settings, int? gpu, bool fallsBack, Action<string> warn,
        CancellationToken cancellationToken)
    {
        LibTorch.EnsureLoaded();
        return (ITrainableColumns)Open((device, turn) =>
            new TorchColumnNetwork(shape, arrays, settings, device) { Session = turn }, settings, gpu, fallsBack, warn, cancellationToken);
    }

    /// <summary>An encoder-decoder, which has torch for itself until it is disposed.</summary>
    /// <inheritdoc cref="OpenColumns"/>
    internal static ITrainableEncoderDecoder OpenEncoderDecoder(
        EncoderDecoderShape shape, IReadOnlyDictionary<string, InitialArray> arrays, EngineSettings settings, int? gpu, bool fallsBack, Action<string> warn,
        CancellationToken cancellationToken)
    {
        LibTorch.EnsureLoaded();
        return (ITrainableEncoderDecoder)Open((device, turn) =>
            new TorchEncoderDecoder(shape, arrays, settings, device) { Session = turn }, settings, gpu, fallsBack, warn, cancellationToken);
    }

    // Apart, so that nothing of torch is touched before its native library is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TorchNetwork Open(
        Func<torch.Device, TorchTurn, TorchNetwork> create, EngineSettings settings, int? gpu, bool fallsBack, Action<string> warn,
        CancellationToken cancellationToken)
    {
        var device = Find(gpu, fallsBack, warn);
        var turn = TorchTurn.Take(device.type == DeviceType.CPU ? settings.Threads : null, cancellationToken);
        try
        {
            return create(device, turn);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    private static torch.Device Find(int? gpu, bool fallsBack, Action<string> warn) =>
        gpu is { } id && IsThere(id, fallsBack, warn) ? new torch.Device(DeviceType.CUDA, id) : torch.CPU;

    // Apart, so that nothing of torch is touched before its native library is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsThere(int gpu, bool fallsBack, Action<string> warn)
    {
        if (Missing(gpu) is not { } missing) return true;
        if (!fallsBack)
            throw new InvalidOperationException($"{missing} Or leave GpuDeviceId of the MLContext at null, or set its FallbackToCpu, to train on the CPU.");
        warn($"{missing} Training uses the CPU instead.");
        return false;
    }

    private static string? Missing(int id)
    {
        if (!torch.cuda.is_available())
        {
            return $"The MLContext asks for GPU {id}, and libtorch finds none: add the package TorchSharp-cuda-windows or TorchSharp-cuda-linux in the place " +
                "of TorchSharp-cpu to the application, and a driver for CUDA to the machine.";
        }
        int count = torch.cuda.device_count();
        return id >= 0 && id < count ? null : $"The MLContext asks for GPU {id}, and libtorch finds {count}, numbered from 0: give one of them as GpuDeviceId.";
    }
}
