namespace MLNet.Embeddings;

/// <summary>How an operating system names libtorch's files and folders, and the packages that bring them there.</summary>
internal sealed record NativePlatform(string System, string Prefix, string Suffix, string Packages)
{
    internal static readonly NativePlatform Linux = new("linux", "lib", ".so", "TorchSharp-cpu (or TorchSharp-cuda-linux)");
    internal static readonly NativePlatform Windows = new("win", "", ".dll", "TorchSharp-cpu (or TorchSharp-cuda-windows)");
    internal static readonly NativePlatform MacOS = new("osx", "lib", ".dylib", "TorchSharp-cpu");

    internal static NativePlatform Current =>
        OperatingSystem.IsWindows() ? Windows :
        OperatingSystem.IsMacOS() ? MacOS :
        Linux;

    /// <summary>The files that must be there, each after those it depends on; the last is TorchSharp's own.</summary>
    internal IReadOnlyList<string> Files { get; } =
        [.. new[] { "c10", "torch_cpu", "torch", "LibTorchSharp" }.Select(name => Prefix + name + Suffix)];
}
