using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects a category column.</summary>
internal sealed class CategoryCollector : ColumnCollector
{
    private readonly Func<int> _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;
    private ColumnBuffer<int> _keys;

    internal CategoryCollector(DataViewRow row, DataViewSchema.Column column, int capacity)
    {
        _keys = new(capacity);
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = column.HasUnknownKey();
        _getter = KeyReading.Scalar(row, column, _keyCount);
    }

    internal override void Add() => _keys.Add(_getter());

    internal override CategoryData Take() => new(_keys.Take(), _keyCount, _hasUnknown);
}
