using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Puts vectors of rows of different lengths into a rectangle, and takes them out of it.</summary>
internal sealed class PaddedRows
{
    private readonly int[] _lengths;
    private readonly int _longest;
    private readonly torch.Tensor _into, _outOf;

    internal PaddedRows(int[] lengths)
    {
        (_lengths, _longest) = (lengths, lengths.Max());
        int count = lengths.Sum(), vector = 0;
        int[] into = new int[lengths.Length * _longest], outOf = new int[count];
        Array.Fill(into, count); // behind the last vector stands one of zeros
        for (int row = 0; row < lengths.Length; row++)
        {
            for (int i = 0; i < lengths[row]; i++, vector++)
            {
                outOf[vector] = row * _longest + i;
                into[outOf[vector]] = vector;
            }
        }
        (_into, _outOf) = (TensorMemory.Indices(into, into.Length), TensorMemory.Indices(outOf, count));
    }

    /// <summary>From vectors × width to rows × longest × width; zeros behind the last vector of a row.</summary>
    internal torch.Tensor Pad(torch.Tensor vectors)
    {
        long width = vectors.shape[1];
        return torch.cat([vectors, torch.zeros(1, width)]).index_select(0, _into).view(_lengths.Length, _longest, width);
    }

    /// <summary>From rows × longest × width to vectors × width.</summary>
    internal torch.Tensor Unpad(torch.Tensor padded) => padded.reshape(-1, padded.shape[2]).index_select(0, _outOf);

    /// <summary>Rows × 1 × longest: true behind the last vector of a row.</summary>
    internal torch.Tensor IsPadding()
    {
        var ends = TensorMemory.Indices(_lengths, _lengths.Length, 1, 1);
        return torch.arange(_longest).view(1, 1, _longest).ge(ends);
    }
}
