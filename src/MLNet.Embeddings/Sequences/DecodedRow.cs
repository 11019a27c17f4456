using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>What is computed of the row that a cursor stands on, once for all columns.</summary>
/// <remarks>By ML.NET's contract a row's position changes whenever its contents do, those of a prediction engine's row as well.</remarks>
internal sealed class DecodedRow(DataViewRow row, SequenceReader reader, SequenceDecoder decoder) : IDecodedRow
{
    private long _position = -1;

    public (SequenceDecoder Decoder, int Row) Current
    {
        get
        {
            if (row.Position < 0 || row.Position != _position)
            {
                reader.Read(0);
                decoder.Run(reader.Sources, reader.Targets, 0, 1);
                _position = row.Position;
            }
            return (decoder, 0);
        }
    }

    public ReadOnlySpan<int> Target
    {
        get
        {
            _ = Current;
            return reader.Targets[0];
        }
    }
}
