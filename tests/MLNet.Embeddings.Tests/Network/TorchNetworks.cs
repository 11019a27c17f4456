using TorchSharp;

namespace MLNet.Embeddings.Tests;

/// <summary>Networks of reproducible random weights, as they are in training.</summary>
internal static class TorchNetworks
{
    /// <summary>An encoder of each kind.</summary>
    internal static IReadOnlyList<SequenceEncoder> Encoders { get; } =
    [
        SequenceEncoder.Mean(), SequenceEncoder.Sum(), SequenceEncoder.Max(), SequenceEncoder.Attention(),
        SequenceEncoder.Gru(5), SequenceEncoder.Gru(6, layers: 3), SequenceEncoder.Gru(7, bidirectional: true),
        SequenceEncoder.Gru(4, readout: GruReadout.Mean), SequenceEncoder.Gru(20, layers: 2, bidirectional: true, dropout: 0.2, GruReadout.Max),
        SequenceEncoder.Gru(9, layers: 2, readout: GruReadout.Attention), SequenceEncoder.Gru(17, layers: 1, bidirectional: true, readout: GruReadout.Attention),
    ];

    internal static NetworkShape Shape(int[] hiddenUnits, params ColumnShape[] columns) => new(columns, new HeadShape(hiddenUnits), Networks.Labels);

    /// <summary>A network whose tables and parameters all have weights between -0.8 and 0.8.</summary>
    internal static MultiEmbeddingNetwork Random(NetworkShape shape, int seed, double dropout = 0, torch.Device? device = null)
    {
        var network = new MultiEmbeddingNetwork(shape, new(dropout, 2) { Device = device });
        using var noGradients = torch.no_grad();
        foreach (var parameter in network.parameters()) Fill(parameter.Floats(), ++seed);
        foreach (var table in network.Tables) Fill(table.Values, ++seed);
        // The padding row of a sequence's table is zeros.
        foreach (var table in network.Tables.Where(table => table.Shape.IsPadded)) table.Values.AsSpan(0, table.Dimensions).Clear();
        return network;
    }

    /// <summary>Copies of a network's learned arrays.</summary>
    internal static IEnumerable<(string Name, float[] Values)> Export(this ILearningNetwork network) => network.Arrays().Select(array => (array.Name, array.Values));

    private static void Fill(Span<float> values, int seed)
    {
        float[] random = Numbers.Random(values.Length, seed);
        for (int i = 0; i < random.Length; i++) values[i] = 0.8f * random[i];
    }
}
