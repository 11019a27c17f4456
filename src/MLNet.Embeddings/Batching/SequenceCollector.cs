using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects a sequence column.</summary>
internal sealed class SequenceCollector : ColumnCollector
{
    private readonly KeyReading.SequenceGetter _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;
    private readonly string? _sharedTable;
    private ColumnBuffer<int> _tokens = new(0), _offsets;

    internal SequenceCollector(DataViewRow row, DataViewSchema.Column column, string? sharedTable, int capacity, bool dropsKeys)
    {
        _sharedTable = sharedTable;
        _offsets = new(capacity + 1);
        _offsets.Add(0);
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = dropsKeys && column.HasUnknownKey();
        _getter = KeyReading.Sequence(row, column, _keyCount);
    }

    internal override void Add()
    {
        _tokens.AddRange(_getter());
        _offsets.Add(_tokens.Count);
    }

    internal override SequenceData Take()
    {
        var data = new SequenceData(_tokens.Take(), _offsets.Take(), _keyCount, _hasUnknown) { SharedTable = _sharedTable };
        _offsets.Add(0);
        return data;
    }
}
