using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Sequences of a batch as a rectangle: those that are not empty, padded at their ends to the longest of them.</summary>
internal sealed class PaddedSequences
{
    private readonly int _sequences;
    private readonly int[] _rows;
    private readonly torch.Tensor _index;

    /// <param name="lengths">Number of tokens of each sequence, not all of them 0.</param>
    /// <param name="termOfToken">Number of the term that each token is, sequence after sequence.</param>
    /// <param name="device">Where to compute.</param>
    internal PaddedSequences(int[] lengths, int[] termOfToken, torch.Device device)
    {
        _sequences = lengths.Length;
        _rows = [.. Enumerable.Range(0, lengths.Length).Where(row => lengths[row] > 0)];
        int[] filled = Array.ConvertAll(_rows, row => lengths[row]);
        Longest = filled.Max();
        // What stands behind a sequence's end is any term: it is masked, or never read.
        int[] index = new int[filled.Length * Longest], tokens = new int[termOfToken.Length];
        for (int row = 0, token = 0; row < filled.Length; row++)
        {
            for (int i = 0; i < filled[row]; i++, token++)
            {
                tokens[token] = row * Longest + i;
                index[tokens[token]] = termOfToken[token];
            }
        }
        _index = TorchArrays.Index(index, device);
        Tokens = TorchArrays.Index(tokens, device);
        Lengths = TorchArrays.Index(filled, torch.CPU);
        Ends = Lengths.to(device).view(-1, 1);
        IsPadding = TorchNumbers.Range(Longest, device).ge(Ends).unsqueeze(2);
    }

    /// <summary>Tokens of the longest sequence.</summary>
    internal int Longest { get; }

    /// <summary>Lengths of the rows, on the CPU as packing wants them.</summary>
    internal torch.Tensor Lengths { get; }

    /// <summary>Lengths of the rows: (rows, 1).</summary>
    internal torch.Tensor Ends { get; }

    /// <summary>Whether a place lies behind its row's end: (rows, longest, 1).</summary>
    internal torch.Tensor IsPadding { get; }

    /// <summary>The places of all tokens, among those of the rows one after the other.</summary>
    private torch.Tensor Tokens { get; }

    /// <summary>The tokens' vectors, (rows, longest, dimensions), of those of their terms, (terms, dimensions).</summary>
    internal torch.Tensor Pad(torch.Tensor terms) => TorchArrays.Gather(terms, _index).view(-1, Longest, terms.shape[1]);

    /// <summary>Vectors of all tokens, sequence after sequence, of (rows, longest, width).</summary>
    internal torch.Tensor Unpad(torch.Tensor padded) => padded.reshape(-1, padded.shape[2]).index_select(0, Tokens);

    /// <summary>Vectors of all sequences, zeros of the empty ones, of (rows, width).</summary>
    internal torch.Tensor Spread(torch.Tensor vectors) => _rows.Length == _sequences
        ? vectors
        : torch.zeros(_sequences, vectors.shape[1], dtype: vectors.dtype, device: vectors.device).index_copy(0, TorchArrays.Index(_rows, vectors.device),
            vectors);
}
