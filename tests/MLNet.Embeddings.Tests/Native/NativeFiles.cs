namespace MLNet.Embeddings.Tests;

/// <summary>The real native libraries that the packages copy beside the tests, for whichever system they are made.</summary>
internal static class NativeFiles
{
    internal static NativePlatform Platform(string system) =>
        new[] { NativePlatform.Linux, NativePlatform.Windows, NativePlatform.MacOS }.Single(platform => platform.System == system);

    internal static string Folder(string runtime) => Path.Combine(AppContext.BaseDirectory, "runtimes", runtime, "native");

    internal static byte[] LinuxTorchSharp() => File.ReadAllBytes(Path.Combine(Folder("linux-x64"), "libLibTorchSharp.so"));

    /// <summary>A small library of ML.NET that loads by itself and does nothing when it is loaded.</summary>
    internal static string Harmless() =>
        NativeFolders.OfApplication(NativePlatform.Linux).Find("libLdaNative.so") ?? throw new FileNotFoundException("libLdaNative.so");
}
