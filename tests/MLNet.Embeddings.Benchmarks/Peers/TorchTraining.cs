using System.Diagnostics;
using TorchSharp;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>A training loop as one writes it straight in TorchSharp: Adam over all parameters, binary cross-entropy, one epoch.</summary>
internal static class TorchTraining
{
    internal static FitTime Fit<TRow>(Func<torch.nn.Module<TRow[], torch.Tensor>> create, TRow[] rows, int batchSize) where TRow : ILabelled
    {
        long start = Stopwatch.GetTimestamp();
        using var network = create();
        using var optimizer = torch.optim.Adam(network.parameters());

        long epochStart = Stopwatch.GetTimestamp();
        TRow[] shuffled = [.. rows];
        new Random(1).Shuffle(shuffled);
        network.train();
        foreach (var batch in shuffled.Chunk(batchSize))
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            var labels = torch.tensor(Array.ConvertAll(batch, row => row.Label ? 1f : 0f));
            var loss = torch.nn.functional.binary_cross_entropy_with_logits(network.call(batch), labels);
            loss.backward();
            optimizer.step();
        }
        return new FitTime(Stopwatch.GetElapsedTime(start), Stopwatch.GetElapsedTime(epochStart));
    }
}
