using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects a category column.</summary>
internal sealed class CategoryCollector : ColumnCollector
{
    private readonly List<int> _keys = [];
    private readonly Func<int> _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;

    internal CategoryCollector(DataViewRow row, DataViewSchema.Column column)
    {
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = column.HasUnknownKey();
        _getter = KeyReading.Scalar(row, column, _keyCount);
    }

    internal override void Add() => _keys.Add(_getter());

    internal override CategoryData ToData() => new([.. _keys], _keyCount, _hasUnknown);
}
