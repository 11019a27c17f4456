using System.Diagnostics;
using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network C as one writes it straight in TorchSharp, padded to the longest of each batch.</summary>
internal sealed class TorchSentenceNetwork : torch.nn.Module<SentencePair[], torch.Tensor>
{
    /// <summary>What cross_entropy leaves out by itself.</summary>
    private const long Ignored = -100;

    private readonly Embedding _source, _target;
    private readonly GRU _encoder, _decoder;
    private readonly Linear _output;
    private readonly Linear? _attention, _readout;

    private TorchSentenceNetwork(bool attention) : base("network C")
    {
        _source = torch.nn.Embedding(NetworkC.SourceWords + 2, NetworkC.Dimensions, padding_idx: 0);
        _target = torch.nn.Embedding(NetworkC.TargetWords + 2, NetworkC.Dimensions);
        _encoder = torch.nn.GRU(NetworkC.Dimensions, NetworkC.Units, batchFirst: true);
        _decoder = torch.nn.GRU(NetworkC.Dimensions, NetworkC.Units, batchFirst: true);
        _output = torch.nn.Linear(NetworkC.Units, NetworkC.TargetWords + 2);
        if (attention)
        {
            _attention = torch.nn.Linear(NetworkC.Units, NetworkC.Units, hasBias: false);
            _readout = torch.nn.Linear(2 * NetworkC.Units, NetworkC.Units, hasBias: false);
        }
        RegisterComponents();
    }

    /// <summary>Trains one epoch with Adam.</summary>
    internal static FitTime Fit(SentencePair[] pairs, int batchSize, bool attention)
    {
        long start = Stopwatch.GetTimestamp();
        using var network = new TorchSentenceNetwork(attention);
        using var optimizer = torch.optim.Adam(network.parameters());

        long epochStart = Stopwatch.GetTimestamp();
        SentencePair[] shuffled = [.. pairs];
        new Random(1).Shuffle(shuffled);
        foreach (var batch in shuffled.Chunk(batchSize))
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            network.call(batch).backward();
            optimizer.step();
        }
        return new FitTime(Stopwatch.GetElapsedTime(start), Stopwatch.GetElapsedTime(epochStart));
    }

    /// <returns>The mean cross-entropy of all steps.</returns>
    public override torch.Tensor forward(SentencePair[] pairs)
    {
        var (states, _) = _encoder.call(_source.call(Pad([.. pairs.Select(pair => pair.SourceKeys)], padding: 0))); // rows × length × units
        var last = torch.tensor(Array.ConvertAll(pairs, pair => pair.SourceKeys.Length - 1L)).view(-1, 1, 1).expand(-1, 1, NetworkC.Units);
        var read = Pad([.. pairs.Select(pair => (int[])[0, .. pair.TargetKeys])], padding: 0);
        var (decoded, _) = _decoder.call(_target.call(read), states.gather(1, last).transpose(0, 1).contiguous()); // rows × steps × units
        if (_attention is not null) decoded = Attend(decoded, states, Array.ConvertAll(pairs, pair => (long)pair.SourceKeys.Length));
        var wanted = Pad([.. pairs.Select(pair => (int[])[.. pair.TargetKeys, 0])], Ignored);
        return torch.nn.functional.cross_entropy(_output.call(decoded).flatten(0, 1), wanted.flatten());
    }

    /// <summary>Luong's attention with general scores and its readout (arXiv 1508.04025, section 3.1): rows × steps × units.</summary>
    private torch.Tensor Attend(torch.Tensor decoded, torch.Tensor states, long[] lengths)
    {
        var isPadding = torch.arange(states.shape[1]).unsqueeze(0) >= torch.tensor(lengths).unsqueeze(1); // rows × length
        var scores = _attention!.call(decoded).bmm(states.transpose(1, 2)); // rows × steps × length
        var context = scores.masked_fill(isPadding.unsqueeze(1), float.NegativeInfinity).softmax(2).bmm(states);
        return _readout!.call(torch.cat([context, decoded], dim: 2)).tanh();
    }

    private static torch.Tensor Pad(int[][] rows, long padding)
    {
        int length = rows.Max(row => row.Length);
        long[,] padded = new long[rows.Length, length];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int i = 0; i < length; i++) padded[row, i] = i < rows[row].Length ? rows[row][i] : padding;
        }
        return torch.tensor(padded);
    }
}
