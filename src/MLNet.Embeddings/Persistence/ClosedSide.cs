using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.Runtime;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

namespace MLNet.Embeddings;

/// <summary>
/// The one door into the members that ML.NET keeps internal: environments, their GPU and cancellation, schema shapes, the steps of estimator
/// chains, model files, and views as its exporter to ONNX knows them (<see cref="StepView"/>).
/// </summary>
/// <remarks>
/// Outside code cannot save state in a model file through public API (dotnet/machinelearning #4911, #6839). OpenInternals.targets opens the
/// types at compile time, the two attributes above at run time. An upgrade of ML.NET touches this file alone.
/// </remarks>
internal static class ClosedSide
{
    /// <inheritdoc cref="ModelZip.LoaderSignature"/>
    internal const string LoaderSignature = ModelZip.LoaderSignature;

    internal static IHostEnvironment EnvironmentOf(TransformsCatalog.TextTransforms catalog) => Checked(() => catalog.GetEnvironment());

    internal static IHostEnvironment EnvironmentOf(TransformsCatalog.CategoricalTransforms catalog) => Checked(() => catalog.GetEnvironment());

    internal static IHostEnvironment EnvironmentOf(TrainCatalogBase.CatalogInstantiatorBase catalog) => Checked(() => catalog.GetEnvironment());

    /// <summary>
    /// The GPU that the application asks for, null for none, and whether it may be the CPU where there is no such GPU: <c>MLContext.GpuDeviceId</c>,
    /// <c>FallbackToCpu</c>.
    /// </summary>
    internal static (int? DeviceId, bool FallbackToCpu) GpuOf(IHostEnvironment environment) =>
        environment is IHostEnvironmentInternal given ? (given.GpuDeviceId, given.FallbackToCpu) : (null, true);

    /// <summary>Whether the context of a host was cancelled since the host was made.</summary>
    internal static bool IsCanceled(IHost host) => host is ICancelable { IsCanceled: true };

    internal static SchemaShape.Column ShapeColumn(
        string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, IReadOnlyCollection<SchemaShape.Column> annotations) =>
        new(name, kind, itemType, isKey, annotations.Count == 0 ? null : new SchemaShape(annotations));

    /// <summary>The steps of a pipeline that is not fitted yet; null for what is no chain.</summary>
    internal static IReadOnlyList<IEstimator<ITransformer>>? EstimatorsOf(IEstimator<ITransformer> pipeline) =>
        pipeline.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(EstimatorChain<>)
            ? Checked(() => (IEstimator<ITransformer>[])StepsField(pipeline).GetValue(pipeline)!)
            : null;

    /// <summary>A chain with other steps in the place of its own: it caches where that does, and makes models of the type that it makes.</summary>
    internal static IEstimator<ITransformer> WithEstimators(IEstimator<ITransformer> chain, IEstimator<ITransformer>[] steps) => Checked(() =>
    {
        object copy = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(chain, null)!;
        StepsField(chain).SetValue(copy, steps);
        return (IEstimator<ITransformer>)copy;
    });

    private static FieldInfo StepsField(IEstimator<ITransformer> chain) =>
        chain.GetType().GetField(ClosedSideCheck.ChainSteps, BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <summary>A chain of transformers with others in the place of its own, of the same type and with the same scopes.</summary>
    internal static ITransformer WithTransformers(ITransformer chain, ITransformer[] transformers) => Checked(() =>
        (ITransformer)Activator.CreateInstance(chain.GetType(), transformers, ((ITransformerChainAccessor)chain).Scopes)!);

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
    internal static EntryReader Open(IHostEnvironment environment, ModelLoadContext context) => Checked(() =>
        new EntryReader((name, body) => context.TryLoadBinaryStream(name, reader => body(reader.BaseStream))) { Warn = ScoringLog.Of(environment) });

    /// <summary>
    /// Uses what ML.NET keeps internal, in code that is compiled only once it is known to be there: wherever a fit, or the loading of a model, begins.
    /// </summary>
    private static T Checked<T>(Func<T> use)
    {
        ClosedSideCheck.Run();
        return use();
    }
}

/// <summary>The view that a step of a pipeline makes, as ML.NET's exporter to ONNX knows it.</summary>
/// <remarks>
/// ML.NET's exporter walks from the last view to the data by this interface. A view without it would be taken for the data: the graph would read its columns as
/// inputs, and copy them.
/// </remarks>
internal abstract class StepView : ITransformCanSaveOnnx
{
    private OnnxGraph? _graph;

    /// <summary>What the step adds its columns to.</summary>
    public abstract IDataView Source { get; }

    /// <summary>Names of the columns that the step adds.</summary>
    private protected abstract IEnumerable<string> Added { get; }

    public abstract bool CanShuffle { get; }

    public abstract DataViewSchema Schema { get; }

    public abstract long? GetRowCount();

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    public abstract DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null);

    /// <summary>What the step computes, as a graph whose inputs and outputs are named as the columns.</summary>
    private protected abstract OnnxGraph ToOnnx();

    /// <exception cref="NotSupportedException">ML.NET's exporter cannot write what the step computes.</exception>
    bool ICanSaveOnnx.CanSaveOnnx(OnnxContext ctx)
    {
        _graph ??= ToOnnx();
        ctx?.CheckOpSetVersion(_graph.OperatorVersion, nameof(MLNet.Embeddings));
        if (Schema.FirstOrDefault(column => IsDate(column.Type.RawType) && _graph.Inputs.Any(input => input.Name == column.Name)) is { Name: { } date })
        {
            throw new NotSupportedException(
                $"The step of MLNet.Embeddings reads '{date}', a column of dates, which ML.NET's exporter has no type for. Write the file with " +
                "mlContext.Model.SaveOnnx(model, inputSchema, path).");
        }
        if (_graph.Nodes.All(node => node.Domain != OnnxDomains.Runtime && !node.Attributes.Values.OfType<OnnxGraph>().Any())) return true;
        throw new NotSupportedException(
            $"The step of MLNet.Embeddings that adds {string.Join(", ", Added.Select(name => $"'{name}'"))} cannot be converted by ConvertToOnnx: it cuts " +
            "texts or decodes, and the operators that ML.NET's exporter knows, version 12 of ONNX without those of ONNX Runtime, cannot. Write the file with " +
            "mlContext.Model.SaveOnnx(model, inputSchema, path).");
    }

    private static bool IsDate(Type type) => type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan);

    void ISaveAsOnnx.SaveAsOnnx(OnnxContext ctx)
    {
        new OnnxReplay(ctx).Write(_graph ??= ToOnnx(), Schema);
        _graph = null;
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => throw new NotSupportedException("A view is not saved; save the model that made it.");
}

/// <summary>Looks for the internal members of ML.NET that the library uses, so that a changed one gives a clear error instead of a crash.</summary>
internal static class ClosedSideCheck
{
    /// <summary>The field of a chain of estimators that holds them.</summary>
    internal const string ChainSteps = "_estimators";

    private static bool _isDone;

    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <exception cref="InvalidOperationException">A member that the library needs is not in the loaded version of ML.NET.</exception>
    internal static void Run()
    {
        if (_isDone) return;
        Run(Needed());
        _isDone = true;
    }

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
        yield return (core, "Microsoft.ML.Runtime.ICancelable", "IsCanceled");
        yield return (core, "Microsoft.ML.SchemaShape+Column", ".ctor");
        yield return (data, "Microsoft.ML.Data.CatalogUtils", "GetEnvironment");
        yield return (data, "Microsoft.ML.Data.IDataTransform", "Source");
        yield return (data, "Microsoft.ML.Data.EstimatorChain`1", ChainSteps);
        yield return (data, "Microsoft.ML.Data.ITransformerChainAccessor", "Scopes");
        yield return (data, "Microsoft.ML.Model.OnnxConverter.ICanSaveOnnx", "CanSaveOnnx");
        yield return (data, "Microsoft.ML.Model.OnnxConverter.ISaveAsOnnx", "SaveAsOnnx");
    }
}
