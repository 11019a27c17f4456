using System.Runtime.Intrinsics;
using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Learns one column: turns its part of a batch into one vector per row.</summary>
internal abstract class ColumnModule(ColumnShape shape) : torch.nn.Module(shape.Name)
{
    /// <summary>Makes the module that fits the column's shape.</summary>
    /// <param name="shape">The column.</param>
    /// <param name="settings">How it learns.</param>
    /// <param name="tables">The network's tables, by name.</param>
    internal static ColumnModule For(ColumnShape shape, LearningSettings settings, IReadOnlyDictionary<string, TorchTable> tables) => shape switch
    {
        CategoryShape category => new CategoryModule(category, tables[category.Table]),
        BagShape bag => new BagModule(bag, tables[bag.Table], settings),
        SequenceShape { Encoder: GruEncoder gru } sequence when settings.Device is null && Vector128.IsHardwareAccelerated => new GruModule(sequence, gru, tables[sequence.Table], settings),
        SequenceShape { Encoder: GruEncoder gru } sequence => new TorchGruModule(sequence, gru, tables[sequence.Table], settings),
        SequenceShape { Encoder: PoolingEncoder { Pooling: var pooling } } sequence => new PoolingModule(sequence, pooling, tables[sequence.Table], settings),
        NumberShape { Encoder: PiecewiseLinearEncoder encoder } number => new PiecewiseLinearModule(number, encoder),
        NumberShape { Encoder: PeriodicEncoder encoder } number => new PeriodicModule(number, encoder),
        NumberShape number => new NumberModule(number),
        _ => throw new System.Diagnostics.UnreachableException(shape.ToString()),
    };

    /// <summary>True if sequences are padded to the longest of their batch, so that rows of about the same length should go together.</summary>
    internal virtual bool Pads => false;

    /// <summary>The column's vectors: rows × output size; those of keys by what was last looked up in the table.</summary>
    internal abstract torch.Tensor Encode(ColumnBatch batch);

    /// <summary>Fetches the gradients that lie elsewhere than in the parameters, after a step back.</summary>
    internal virtual void Collect()
    {
    }

    /// <summary>The learned arrays but for the table, by the names of the column's shape.</summary>
    internal abstract IEnumerable<LearnedArray> Arrays();
}
