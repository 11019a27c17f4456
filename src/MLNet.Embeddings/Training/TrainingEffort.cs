namespace MLNet.Embeddings;

/// <summary>How much time a fit may take to become better.</summary>
public enum TrainingEffort
{
    /// <summary>One network, trained half as long, and a wide part: for a first look.</summary>
    Quick,

    /// <summary>Four networks, six where rows are below 20,000, and a wide part.</summary>
    Normal,

    /// <summary>Eight networks, trained half as long again, and a wide part, after a search among a few settings on held-out rows.</summary>
    Thorough,
}
