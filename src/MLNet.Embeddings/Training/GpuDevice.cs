using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Finds the GPU that an application asks for.</summary>
internal static class GpuDevice
{
    /// <param name="deviceId">Number of the GPU.</param>
    /// <param name="fallsBack">Whether the CPU will do where there is no such GPU.</param>
    /// <param name="channel">Takes the message that it does.</param>
    /// <returns>The device; null for the CPU.</returns>
    /// <exception cref="DllNotFoundException">There is no libtorch at all.</exception>
    /// <exception cref="InvalidOperationException">There is no such GPU, and the CPU will not do.</exception>
    internal static torch.Device? Find(int deviceId, bool fallsBack, IChannel channel)
    {
        LibTorch.EnsureLoaded();
        if (Missing(deviceId) is not { } missing) return new torch.Device(DeviceType.CUDA, deviceId);
        if (!fallsBack) throw new InvalidOperationException($"{missing} Or leave GpuDeviceId of the MLContext at null, or set its FallbackToCpu, to train on the CPU.");
        channel.Warning(MessageSensitivity.None, $"{missing} Training uses the CPU instead.");
        return null;
    }

    // Apart, so that nothing of torch is touched before its native library is loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? Missing(int deviceId)
    {
        if (!torch.cuda.is_available())
        {
            return $"The MLContext asks for GPU {deviceId}, and libtorch finds none: add the package TorchSharp-cuda-windows or TorchSharp-cuda-linux in the place of " +
                "TorchSharp-cpu to the application, and a driver for CUDA to the machine.";
        }
        int count = torch.cuda.device_count();
        return deviceId >= 0 && deviceId < count ? null : $"The MLContext asks for GPU {deviceId}, and libtorch finds {count}, numbered from 0: give one of them as GpuDeviceId.";
    }
}
