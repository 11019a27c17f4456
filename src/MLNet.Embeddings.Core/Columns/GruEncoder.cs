namespace MLNet.Embeddings;

/// <summary>Layers of gated recurrent units; those above the first read the states of the one below.</summary>
internal sealed record GruEncoder(int Units, int Layers, bool Bidirectional, double Dropout, GruReadout Readout) : SequenceEncoder
{
    /// <summary>Length of a layer's states, those of both directions side by side.</summary>
    internal int StateSize => Bidirectional ? 2 * Units : Units;

    /// <summary>How the states of the last layer are brought together; null to take the last ones.</summary>
    internal SequencePooling? Pooling => Readout switch
    {
        GruReadout.Mean => SequencePooling.Mean,
        GruReadout.Max => SequencePooling.Max,
        GruReadout.Attention => SequencePooling.Attention,
        _ => null,
    };

    internal override int OutputSize(int dimensions) => StateSize;

    internal override IEnumerable<string> Faults(string column)
    {
        if (Units is < 1 or > 4096) yield return $"The units of the GRU of column '{column}' must be from 1 to 4096; they were {Units}.";
        if (Layers is < 1 or > 16) yield return $"The layers of the GRU of column '{column}' must be from 1 to 16; they were {Layers}.";
        if (!(Dropout is >= 0 and < 1)) yield return $"The dropout of the GRU of column '{column}' must be from 0 to below 1; it was {Dropout}.";
        if (!Enum.IsDefined(Readout)) yield return $"The readout {Readout} of the GRU of column '{column}' is not known.";
    }
}
