using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Collects a sequence column.</summary>
internal sealed class SequenceCollector : ColumnCollector
{
    private readonly List<int> _tokens = [];
    private readonly List<int> _offsets = [0];
    private readonly KeyReading.SequenceGetter _getter;
    private readonly int _keyCount;
    private readonly bool _hasUnknown;

    internal SequenceCollector(DataViewRow row, DataViewSchema.Column column)
    {
        _keyCount = KeyReading.KeyCount(column);
        _hasUnknown = column.HasUnknownKey();
        _getter = KeyReading.Sequence(row, column, _keyCount);
    }

    internal override void Add()
    {
        _tokens.AddRange(_getter());
        _offsets.Add(_tokens.Count);
    }

    internal override SequenceData ToData() => new([.. _tokens], [.. _offsets], _keyCount, _hasUnknown);
}
