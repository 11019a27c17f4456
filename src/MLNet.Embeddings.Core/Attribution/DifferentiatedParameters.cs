namespace MLNet.Embeddings;

/// <summary>The arrays of a fitted network for layers that go backward: packed by each of them as in training, and never changed.</summary>
/// <param name="arrays">The arrays.</param>
/// <param name="threads">How many threads may work.</param>
internal sealed class DifferentiatedParameters(TrainedArrays arrays, int threads) : ParameterSource
{
    private readonly Dictionary<string, Parameter> _parameters = [];

    internal override Parameter Get(string name, ArrayRole role, Initializer initializer, params int[] extents)
    {
        if (_parameters.TryGetValue(name, out var known)) return known;
        var parameter = new Parameter(name, extents, role);
        parameter.Place(arrays.Weights[name].Values);
        return _parameters[name] = parameter;
    }

    internal override EmbeddingTable Table(TableShape shape) => new(shape, arrays.Weights[shape.Name].Values, isTrained: false, threads);

    /// <summary>Lets all arrays that were asked for lie in one block, and gives a block of its form for gradients that nobody wants.</summary>
    internal float[] Lay()
    {
        float[] block = new float[_parameters.Values.Sum(parameter => parameter.Length)];
        int start = 0;
        foreach (var parameter in _parameters.Values)
        {
            parameter.Values.CopyTo(block.AsSpan(start));
            parameter.Place(block, start);
            start += parameter.Length;
        }
        return new float[block.Length];
    }
}
