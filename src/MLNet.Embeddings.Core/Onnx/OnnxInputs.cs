namespace MLNet.Embeddings;

/// <summary>What the columns of a network read, within a graph.</summary>
internal abstract class OnnxInputs
{
    private readonly Dictionary<string, OnnxKeys> _keys = [];
    private readonly Dictionary<string, OnnxValue> _values = [];

    /// <summary>The key of each row in a column, a vector of Int64.</summary>
    internal OnnxValue KeyOf(string column) => _values.TryGetValue(column, out var key) ? key : _values[column] = MakeKey(column);

    /// <summary>The keys of each row in a column.</summary>
    internal OnnxKeys KeysOf(string column) => _keys.TryGetValue(column, out var keys) ? keys : _keys[column] = MakeKeys(column);

    /// <summary>The numbers of each row in a column, rows × numbers, in double precision.</summary>
    internal OnnxValue NumbersOf(string column) => _values.TryGetValue(column, out var numbers) ? numbers : _values[column] = MakeNumbers(column);

    private protected abstract OnnxValue MakeKey(string column);

    private protected abstract OnnxKeys MakeKeys(string column);

    private protected abstract OnnxValue MakeNumbers(string column);
}
