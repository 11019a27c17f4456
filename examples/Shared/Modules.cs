using System.Diagnostics;

namespace Examples;

/// <summary>What the operating system has loaded into this process.</summary>
internal static class Modules
{
    private static readonly string[] TorchNames = ["torch", "c10"];

    internal static long Megabytes => Environment.WorkingSet / 1_000_000;

    /// <summary>File names of the loaded programs and libraries.</summary>
    internal static string[] All()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.ModuleName).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Those that belong to torch.</summary>
    /// <remarks>Without the managed TorchSharp.dll: .NET reads its types when ML.NET lists those of MLNet.Embeddings, but runs nothing of it.</remarks>
    internal static string[] OfTorch() =>
        [.. All().Where(name => name != "TorchSharp.dll" && TorchNames.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase)))];
}
