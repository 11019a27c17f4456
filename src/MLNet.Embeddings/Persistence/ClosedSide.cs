using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

namespace MLNet.Embeddings;

/// <summary>The one door into the members that ML.NET keeps internal: environments of catalogs and their GPU, schema shapes, model files.</summary>
/// <remarks>
/// Outside code cannot save state in a model file through public API (dotnet/machinelearning #4911, #6839). OpenInternals.targets opens the
/// types at compile time, the two attributes above at run time. An upgrade of ML.NET touches this file alone.
/// </remarks>
internal static class ClosedSide
{
    /// <summary>The signature under which ML.NET finds the loader of our transformers in a model file; at most 24 characters.</summary>
    internal const string LoaderSignature = "MLNetEmbeddingsModel";

    static ClosedSide() => ClosedSideCheck.Run();

    internal static IHostEnvironment EnvironmentOf(TransformsCatalog.TextTransforms catalog) => catalog.GetEnvironment();

    internal static IHostEnvironment EnvironmentOf(TransformsCatalog.CategoricalTransforms catalog) => catalog.GetEnvironment();

    internal static IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase catalog) => catalog.GetEnvironment();

    /// <summary>The GPU that the application asks for, null for none, and whether it may be the CPU where there is no such GPU: <c>MLContext.GpuDeviceId</c>, <c>FallbackToCpu</c>.</summary>
    internal static (int? DeviceId, bool FallbackToCpu) GpuOf(IHostEnvironment environment) =>
        environment is IHostEnvironmentInternal given ? (given.GpuDeviceId, given.FallbackToCpu) : (null, true);

    internal static SchemaShape.Column ShapeColumn(
        string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, IReadOnlyCollection<SchemaShape.Column> annotations) =>
        new(name, kind, itemType, isKey, annotations.Count == 0 ? null : new SchemaShape(annotations));

    /// <summary>Writes the header by which ML.NET finds our loader, and hands out the entries beside it.</summary>
    internal static void Save(ModelSaveContext context, Action<EntryWriter> write)
    {
        context.SetVersionInfo(new VersionInfo(
            modelSignature: "MLNETEMB",
            verWrittenCur: 0x00010001,
            verReadableCur: 0x00010001,
            verWeCanReadBack: 0x00010001,
            loaderAssemblyName: typeof(ClosedSide).Assembly.FullName!,
            loaderSignature: LoaderSignature));
        write(new EntryWriter((name, body) => context.SaveBinaryStream(name, writer => body(writer.BaseStream))));
    }

    /// <summary>Opens the entries beside the header of a transformer in a model file.</summary>
    internal static EntryReader Open(ModelLoadContext context) => new((name, body) => context.TryLoadBinaryStream(name, reader => body(reader.BaseStream)));
}
