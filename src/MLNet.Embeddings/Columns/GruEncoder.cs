namespace MLNet.Embeddings;

/// <summary>A gated recurrent unit of one layer that reads forward; its last state is the sequence's vector.</summary>
internal sealed record GruEncoder(int Units) : SequenceEncoder
{
    internal override int OutputSize(int dimensions) => Units;

    internal override IEnumerable<string> Faults(string column)
    {
        if (Units is < 1 or > 4096) yield return $"The units of the GRU of column '{column}' must be from 1 to 4096; they were {Units}.";
    }
}
