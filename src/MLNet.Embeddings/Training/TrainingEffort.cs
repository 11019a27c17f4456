namespace MLNet.Embeddings;

/// <summary>How much time a fit may take to become better.</summary>
public enum TrainingEffort
{
    /// <summary>One network and a wide part: for a first look.</summary>
    Quick,

    /// <summary>Several networks and a wide part.</summary>
    Normal,

    /// <summary>More networks, trained longer, and a small search.</summary>
    Thorough,
}
