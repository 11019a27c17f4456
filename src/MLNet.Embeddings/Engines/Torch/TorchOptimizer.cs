using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Updates a network by its gradients: AdamW over the dense arrays, row-wise Adam over the tables, all clipped together.</summary>
/// <remarks>
/// Kingma and Ba 2014 (arXiv 1412.6980), with the decoupled decay of Loshchilov and Hutter (arXiv 1711.05101). A row that a batch does not look up keeps still,
/// as with torch's SparseAdam, unless <see cref="EngineSettings.DenseTableUpdates"/> asks for more.
/// </remarks>
internal sealed class TorchOptimizer : IDisposable
{
    // The settings of the paper, which torch and Keras share.
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    /// <summary>Added to moments that only decay and taken off again, so that they do not end as subnormal numbers, which processors compute with
    /// slowly.</summary>
    private const float Smallest = 1e-30f;

    private readonly IReadOnlyList<TorchArray> _arrays;
    private readonly IReadOnlyList<TorchMoments> _moments;
    private readonly EngineSettings _settings;

    internal TorchOptimizer(IReadOnlyList<TorchArray> arrays, EngineSettings settings)
    {
        (_arrays, _settings) = (arrays, settings);
        var decay = settings.AveragingDecay > 0 ? new AveragingDecay(settings.AveragingDecay) : null;
        _moments = [.. arrays.Where(array => array.Learns).Select(array => new TorchMoments(array, decay, settings.DenseTableUpdates))];
    }

    /// <summary>Steps taken.</summary>
    internal int Steps { get; private set; }

    /// <summary>Takes one step along the gradients.</summary>
    internal void Step(double learningRate)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        foreach (var moments in _moments) moments.FollowTouched(Steps);
        Steps++;
        var scale = ClippingScale();
        foreach (var moments in _moments) Update(moments, learningRate, scale);
    }

    /// <summary>Puts the moving average in the place of the weights until the result is disposed, which puts statistics back as well; null without
    /// averaging.</summary>
    internal IDisposable? UseAverage()
    {
        if (_settings.AveragingDecay <= 0) return null;
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        foreach (var moments in _moments) moments.FollowAll(Steps);
        return new AverageInPlace(_moments, [.. _arrays.Where(array => array.Initial.Role == ArrayRole.Statistic)]);
    }

    /// <summary>Copies of all weights, moments and averages.</summary>
    internal TrainingState Save() => new(Steps, State().ToDictionary(item => item.Name, item => WeightArray.Vector(item.Read())), []);

    /// <summary>Goes on where another optimizer was saved.</summary>
    /// <exception cref="ArgumentException">The state is of another form of network or other settings; nothing is changed.</exception>
    internal void Restore(TrainingState state)
    {
        TorchState[] expected = [.. State()];
        foreach (var item in expected)
        {
            if (!state.Arrays.TryGetValue(item.Name, out var array)) throw Unfit($"lacks the array '{item.Name}'");
            if (array.Values.Length != item.Length) throw Unfit($"has {array.Values.Length} values in the array '{item.Name}' where {item.Length} are needed");
        }
        string? extra = state.Arrays.Keys.Except(expected.Select(item => item.Name)).FirstOrDefault();
        if (extra is not null) throw Unfit($"has the array '{extra}', for which there is no use");
        if (state.Generators.Length > 0) throw Unfit("has generators, for which there is no use");

        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        foreach (var item in expected) item.Write(state.Arrays[item.Name].Values);
        Steps = state.Step;
    }

    /// <summary>The gradients of all of an array's values.</summary>
    internal static torch.Tensor DenseGradient(TorchArray array)
    {
        if (array.Gradient is not { } gradient) return torch.zeros_like(array.Values);
        return array.Rows is { } rows && array.Initial.Role == ArrayRole.Table
            ? torch.zeros_like(array.Values).index_copy_(0, TorchArrays.Index(rows, gradient.device), gradient)
            : gradient;
    }

    public void Dispose()
    {
        foreach (var moments in _moments) moments.Dispose();
    }

    private void Update(TorchMoments moments, double rate, torch.Tensor? scale)
    {
        var array = moments.Array;
        double decay = array.Initial.Role == ArrayRole.Matrix ? _settings.WeightDecay : 0;
        if (!moments.IsByRow || array.Rows is null)
        {
            Update(array.Values, DenseGradient(array), scale, moments.First, moments.Second, rate, decay);
            if (array.Initial.Role == ArrayRole.Table) KeepNormal(moments.First, moments.Second);
        }
        else if (array.Gradient is { } gradient)
        {
            var rows = TorchArrays.Index(array.Rows, gradient.device);
            torch.Tensor values = array.Values.index_select(0, rows), first = moments.First.index_select(0, rows),
                second = moments.Second.index_select(0, rows);
            Update(values, gradient, scale, first, second, rate, decay);
            array.Values.index_copy_(0, rows, values);
            moments.First.index_copy_(0, rows, first);
            moments.Second.index_copy_(0, rows, second);
        }
    }

    /// <summary>
    /// w = w (1 - rate · decay), m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g², w = w - rate · m / (1 - β₁ᵗ) / (√(v / (1 - β₂ᵗ)) + ε).
    /// </summary>
    private void Update(torch.Tensor weights, torch.Tensor gradients, torch.Tensor? scale, torch.Tensor first, torch.Tensor second, double rate, double decay)
    {
        if (scale is not null) gradients = gradients * scale;
        first.Scale(Beta1).AddScaled(gradients, 1 - (double)Beta1);
        second.Scale(Beta2).AddProduct(gradients, gradients, 1 - (double)Beta2);
        var root = second.sqrt().Scale(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps))).Add(Epsilon);
        weights.Scale(1 - rate * decay).AddQuotient(first, root, -rate / (1 - Math.Pow(Beta1, Steps)));
    }

    private static void KeepNormal(params ReadOnlySpan<torch.Tensor> moments)
    {
        foreach (var moment in moments) moment.Add(Smallest).Add(-Smallest);
    }

    /// <summary>What shortens all gradients together to the largest norm that is allowed, at most 1; null for no limit.</summary>
    private torch.Tensor? ClippingScale()
    {
        if (double.IsInfinity(_settings.MaxGradientNorm)) return null;
        torch.Tensor[] squares = [.. _moments.Select(moments => moments.Array.Gradient).OfType<torch.Tensor>().Select(gradient => (gradient * gradient).sum())];
        return squares.Length == 0 ? null : torch.stack(squares).sum().rsqrt().Times(_settings.MaxGradientNorm).Within(0, 1);
    }

    private IEnumerable<TorchState> State() =>
        _arrays.Where(array => array.Initial.IsTrained).Select(array => TorchState.Of($"weights.{array.Name}", array.Values))
            .Concat(_moments.SelectMany(moments => moments.State()));

    private static ArgumentException Unfit(string what) =>
        new($"The state of the optimizer {what}; continue with the columns, data and options that it was saved with.");

    /// <summary>Puts the weights back, and the statistics that belong to them.</summary>
    private sealed class AverageInPlace : IDisposable
    {
        private readonly IReadOnlyList<TorchMoments> _moments;
        private readonly (torch.Tensor Place, torch.Tensor Values)[] _statistics;

        internal AverageInPlace(IReadOnlyList<TorchMoments> moments, IReadOnlyList<TorchArray> statistics)
        {
            _moments = moments;
            _statistics = [.. statistics.Select(array => (array.Values, array.Values.clone().DetachFromDisposeScope()))];
            foreach (var moment in moments) moment.Exchange();
        }

        public void Dispose()
        {
            using var scope = torch.NewDisposeScope();
            using var noGradients = torch.no_grad();
            foreach (var moment in _moments) moment.Exchange();
            foreach (var (place, values) in _statistics)
            {
                place.copy_(values);
                values.Dispose();
            }
        }
    }
}
