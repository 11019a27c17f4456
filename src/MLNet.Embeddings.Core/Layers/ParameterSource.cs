using System.Collections.Concurrent;

namespace MLNet.Embeddings;

/// <summary>Where the layers of a network get their arrays from: drawn anew, of a network in training, or of a fitted one.</summary>
internal abstract class ParameterSource
{
    /// <summary>True if the values never change, so that what is computed of them alone is computed once and shared.</summary>
    internal virtual bool IsFixed => false;

    /// <summary>An array.</summary>
    /// <param name="name">Its name in the network's form.</param>
    /// <param name="role">What training does with it.</param>
    /// <param name="initializer">Its initial values.</param>
    /// <param name="extents">Its extents.</param>
    internal abstract Parameter Get(string name, ArrayRole role, Initializer initializer, params int[] extents);

    /// <summary>A table.</summary>
    internal abstract EmbeddingTable Table(TableShape shape);

    /// <summary>
    /// What is computed of arrays: one for all networks on the same fixed arrays, which must be usable by any number of threads at once; else a new one.
    /// </summary>
    /// <param name="name">Name of the array that it is computed of.</param>
    /// <param name="make">Makes it.</param>
    internal virtual T Share<T>(string name, Func<T> make) where T : class => make();
}

/// <summary>Draws the initial arrays of a network, each from a random stream of its own, so that an array does not depend on which others there are.</summary>
/// <param name="seed">The seed of a fit.</param>
/// <param name="given">Arrays that begin with other values, by name, such as pretrained vectors; they stay as they are.</param>
internal sealed class InitialParameters(int seed, IReadOnlyDictionary<string, InitialArray> given) : ParameterSource
{
    private readonly Dictionary<string, InitialArray> _arrays = [];

    /// <summary>The arrays by name, in the order in which layers asked for them.</summary>
    internal IReadOnlyDictionary<string, InitialArray> Arrays => _arrays;

    internal override Parameter Get(string name, ArrayRole role, Initializer initializer, params int[] extents)
    {
        var parameter = new Parameter(name, extents, role);
        parameter.Place(Draw(name, role, initializer, extents).Values);
        return parameter;
    }

    internal override EmbeddingTable Table(TableShape shape)
    {
        var array = Draw(shape.Name, ArrayRole.Table, Initializers.Table(shape), [shape.KeyCount + 1, shape.Dimensions]);
        return new EmbeddingTable(shape, array.Values, array.IsTrained, threads: 1);
    }

    private InitialArray Draw(string name, ArrayRole role, Initializer initializer, int[] extents)
    {
        if (_arrays.TryGetValue(name, out var array)) return array;
        if (given.TryGetValue(name, out array))
        {
            // Other networks may begin with the same values: what is trained is a network's own, what stays as it is they share.
            if (array.IsTrained) array = array with { Values = [.. array.Values] };
        }
        else
        {
            array = new InitialArray(extents, GC.AllocateUninitializedArray<float>(InitialArray.LengthOf(name, extents)), role);
            initializer(array.Values, RandomStreams.Of(seed, RandomPurpose.InitialValues, name));
        }
        return _arrays[name] = array;
    }
}

/// <summary>The arrays of a fitted network, shared by all that scores with it. Any number of threads may use it at once.</summary>
/// <param name="arrays">The arrays.</param>
internal sealed class TrainedParameters(TrainedArrays arrays) : ParameterSource
{
    private readonly ConcurrentDictionary<(Type, string), Lazy<object>> _shared = [];

    internal override bool IsFixed => true;

    internal override Parameter Get(string name, ArrayRole role, Initializer initializer, params int[] extents)
    {
        var parameter = new Parameter(name, extents, role);
        parameter.Place(arrays.Weights[name].Values);
        return parameter;
    }

    internal override EmbeddingTable Table(TableShape shape) =>
        Share(shape.Name, () => new EmbeddingTable(shape, arrays.Weights[shape.Name].Values, isTrained: false, threads: 1));

    internal override T Share<T>(string name, Func<T> make) => (T)_shared.GetOrAdd((typeof(T), name), _ => new Lazy<object>(() => make())).Value;
}
