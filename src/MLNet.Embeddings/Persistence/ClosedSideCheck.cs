using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings;

/// <summary>Looks for the internal members of ML.NET that the library uses, so that a changed one gives a clear error instead of a crash.</summary>
internal static class ClosedSideCheck
{
    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <exception cref="InvalidOperationException">A member that the library needs is not in the loaded version of ML.NET.</exception>
    internal static void Run() => Run(Needed());

    internal static void Run(IEnumerable<(Assembly Assembly, string Type, string Member)> needed)
    {
        foreach (var (assembly, type, member) in needed)
        {
            if (assembly.GetType(type)?.GetMember(member, Anything) is { Length: > 0 }) continue;
            var library = typeof(ClosedSideCheck).Assembly.GetName();
            throw new InvalidOperationException(
                $"{library.Name} {library.Version} cannot work with {assembly.GetName().Name} {assembly.GetName().Version}, which has no {type}.{member}. " +
                "Reference Microsoft.ML 5.0.1 or a later 5.x, or a version of MLNet.Embeddings made for this one.");
        }
    }

    private static IEnumerable<(Assembly, string, string)> Needed()
    {
        Assembly core = typeof(ModelSaveContext).Assembly, data = typeof(TextLoader).Assembly;
        yield return (core, "Microsoft.ML.ModelSaveContext", "SetVersionInfo");
        yield return (core, "Microsoft.ML.ModelSaveContext", "SaveBinaryStream");
        yield return (core, "Microsoft.ML.ModelLoadContext", "TryLoadBinaryStream");
        yield return (core, "Microsoft.ML.VersionInfo", ".ctor");
        yield return (core, "Microsoft.ML.Runtime.IHostEnvironmentInternal", "GpuDeviceId");
        yield return (core, "Microsoft.ML.Runtime.IHostEnvironmentInternal", "FallbackToCpu");
        yield return (core, "Microsoft.ML.SchemaShape+Column", ".ctor");
        yield return (data, "Microsoft.ML.Data.CatalogUtils", "GetEnvironment");
    }
}
