using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A table and a GRU; the state after a text's last term is its vector.</summary>
internal sealed class TorchTextEncoder : torch.nn.Module<uint[][], torch.Tensor>
{
    private readonly Embedding _table;
    private readonly GRU _gru;
    private readonly int _units;
    private readonly int? _paddedLength;

    /// <param name="keyCount">Keys beside the padding.</param>
    /// <param name="dimensions">Length of a term's vector.</param>
    /// <param name="units">Length of the state.</param>
    /// <param name="paddedLength">The length that all texts are padded to; null for the longest in the batch.</param>
    internal TorchTextEncoder(int keyCount, int dimensions, int units, int? paddedLength) : base("text")
    {
        _table = torch.nn.Embedding(keyCount + 1, dimensions, padding_idx: 0);
        _gru = torch.nn.GRU(dimensions, units, batchFirst: true);
        (_units, _paddedLength) = (units, paddedLength);
        RegisterComponents();
    }

    public override torch.Tensor forward(uint[][] texts)
    {
        var keys = torch.tensor(Pad(texts)); // rows × length
        var (states, _) = _gru.call(_table.call(keys)); // rows × length × units

        var lengths = torch.tensor(Array.ConvertAll(texts, text => (long)text.Length));
        var lastPositions = (lengths - 1).clamp(min: 0).view(-1, 1, 1).expand(-1, 1, _units);
        return states.gather(1, lastPositions).squeeze(1) * (lengths > 0).unsqueeze(1); // rows × units, zeros for empty texts
    }

    /// <summary>Takes over the weights of one of our networks.</summary>
    internal void Take(TrainedNetwork network, SequenceShape shape)
    {
        _table.weight!.Take(network.Weights[shape.Table]);
        var gru = shape.RecurrentLayers.Single().Single();
        _gru.get_parameter("weight_ih_l0")!.Take(network.Weights[gru.InputWeights]);
        _gru.get_parameter("weight_hh_l0")!.Take(network.Weights[gru.HiddenWeights]);
        _gru.get_parameter("bias_ih_l0")!.Take(network.Weights[gru.InputBias]);
        _gru.get_parameter("bias_hh_l0")!.Take(network.Weights[gru.HiddenBias]);
    }

    private long[,] Pad(uint[][] texts)
    {
        int length = _paddedLength ?? Math.Max(1, texts.Max(text => text.Length));
        long[,] padded = new long[texts.Length, length];
        for (int row = 0; row < texts.Length; row++)
        {
            for (int i = 0; i < texts[row].Length; i++) padded[row, i] = texts[row][i];
        }
        return padded;
    }
}
