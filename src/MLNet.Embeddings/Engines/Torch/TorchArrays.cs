using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>All arrays of a network on the device where it is trained, by the names of the network's form.</summary>
internal sealed class TorchArrays(IReadOnlyDictionary<string, InitialArray> initial, torch.Device device) : IDisposable
{
    private readonly List<torch.nn.Module> _modules = [];
    private readonly Dictionary<string, TorchArray> _arrays = initial.ToDictionary(array => array.Key, array => new TorchArray(array.Key, array.Value, device));

    internal torch.Device Device => device;

    internal IEnumerable<TorchArray> All => _arrays.Values;

    /// <summary>The values of an array, to compute with.</summary>
    internal torch.Tensor this[string name] => _arrays[name].Values;

    /// <summary>The rows of a table of some keys, each named once; all rows for null.</summary>
    internal torch.Tensor LookUp(string table, int[]? terms) => _arrays[table].LookUp(terms);

    /// <summary>Lets the parameters of a module of torch's own be arrays: those whose names are a prefix and torch's names. The module ends with the
    /// arrays.</summary>
    internal void Share(string prefix, torch.nn.Module module)
    {
        _modules.Add(module);
        foreach (var (name, parameter) in module.named_parameters()) _arrays[prefix + name].Become(parameter);
    }

    /// <summary>Indices as torch takes them.</summary>
    internal static torch.Tensor Index(int[] values, torch.Device device) => torch.tensor(Array.ConvertAll(values, value => (long)value), torch.int64, device);

    /// <summary>Values as a tensor.</summary>
    /// <remarks>A copy in torch's own memory, which is aligned: products over memory of .NET have other last bits as the address is.</remarks>
    internal static torch.Tensor Tensor(float[] values, long[] extents, torch.Device device)
    {
        if (values.Length == 0) return torch.zeros(extents, torch.float32, device);
        using var shared = torch.tensor(values, extents, torch.float32, device);
        return shared.clone();
    }

    /// <summary>Rows of a matrix, any of them several times.</summary>
    /// <remarks>Each device has another operation whose gradients, which are sums, have the same bits each time.</remarks>
    internal static torch.Tensor Gather(torch.Tensor rows, torch.Tensor index) =>
        rows.device_type == DeviceType.CPU ? rows.index_select(0, index) : rows[torch.TensorIndex.Tensor(index)];

    /// <summary>A copy of a tensor's values.</summary>
    internal static float[] Floats(torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        return tensor.numel() == 0 ? [] : tensor.detach().cpu().contiguous().data<float>().ToArray();
    }

    public void Dispose()
    {
        foreach (var array in All) array.Dispose();
        foreach (var module in _modules) module.Dispose();
    }
}

/// <summary>An array of a network on the device where it is trained.</summary>
internal sealed class TorchArray : IDisposable
{
    // What gradients gather in: of a table what was last looked up, of other trained arrays the values themselves.
    private torch.Tensor? _leaf;

    internal TorchArray(string name, InitialArray initial, torch.Device device)
    {
        (Name, Initial) = (name, initial);
        using var scope = torch.NewDisposeScope();
        Values = Tensor(initial.Values, device).DetachFromDisposeScope();
        Collect();
    }

    internal string Name { get; }

    /// <summary>What training began with; the values stay those of the array only if it is not trained.</summary>
    internal InitialArray Initial { get; }

    /// <summary>Whether gradients reach it.</summary>
    internal bool Learns => Initial.IsTrained && Initial.Role != ArrayRole.Statistic;

    /// <summary>The values, in the array's extents.</summary>
    internal torch.Tensor Values { get; private set; }

    /// <summary>The rows of a table that were last looked up, each named once; null if it was the whole table.</summary>
    internal int[]? Rows { get; private set; } = [];

    /// <summary>Gradients of the values, of a table of the rows last looked up; null if there are none.</summary>
    internal torch.Tensor? Gradient => _leaf?.grad;

    /// <summary>Values as a tensor of the array's extents.</summary>
    internal torch.Tensor Tensor(float[] values, torch.Device device) =>
        TorchArrays.Tensor(values, Array.ConvertAll(Initial.Extents, extent => (long)extent), device);

    /// <summary>Lets a module's own parameter, of the same extents, be the array.</summary>
    internal void Become(torch.Tensor parameter)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        parameter.copy_(Values);
        Values.Dispose();
        Values = parameter.DetachFromDisposeScope();
        Collect();
    }

    /// <summary>The rows of a table of some keys, each named once; all rows for null. Collects their gradients where these are on.</summary>
    internal torch.Tensor LookUp(int[]? terms)
    {
        bool learns = Learns && torch.is_grad_enabled();
        var rows = terms is null ? Values.detach() : Values.index_select(0, TorchArrays.Index(terms, Values.device));
        if (!learns) return rows;
        _leaf?.Dispose();
        Rows = terms;
        return _leaf = rows.requires_grad_().DetachFromDisposeScope();
    }

    /// <summary>Forgets the gradients, and what was looked up.</summary>
    internal void Clear()
    {
        if (Initial.Role == ArrayRole.Table)
        {
            _leaf?.Dispose();
            (_leaf, Rows) = (null, []);
        }
        else if (_leaf is not null)
        {
            // Zeros would stay where the next step has no gradients, and norms are summed in another order than after a resume.
            _leaf.grad = null;
        }
    }

    public void Dispose()
    {
        if (!ReferenceEquals(_leaf, Values)) _leaf?.Dispose();
        Values.Dispose();
    }

    private void Collect()
    {
        if (Initial.Role == ArrayRole.Table) return;
        Values.requires_grad_(Learns);
        _leaf = Learns ? Values : null;
    }
}
