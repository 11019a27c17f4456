namespace MLNet.Embeddings;

/// <summary>What a model predicts.</summary>
internal enum ReportTask
{
    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>One of many classes.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,

    /// <summary>A set of labels.</summary>
    Set,

    /// <summary>A sequence, decoded from another.</summary>
    Sequence,
}
