using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects a category column.</summary>
internal sealed class CategoryCollector : ColumnCollector
{
    private readonly Func<int> _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;
    private readonly string? _sharedTable;
    private ColumnBuffer<int> _keys;

    internal CategoryCollector(DataViewRow row, DataViewSchema.Column column, string? sharedTable, int capacity)
    {
        _sharedTable = sharedTable;
        _keys = new(capacity);
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = column.HasUnknownKey();
        _getter = KeyReading.Scalar(row, column, _keyCount);
    }

    internal override void Add() => _keys.Add(_getter());

    internal override CategoryData Take() => new(_keys.Take(), _keyCount, _hasUnknown) { SharedTable = _sharedTable };
}
