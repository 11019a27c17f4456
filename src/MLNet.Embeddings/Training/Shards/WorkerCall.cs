namespace MLNet.Embeddings;

/// <summary>What a worker is asked for, in the order in which this comes in a fit. It keeps nothing from one to the next but what it was given by those of
/// <see cref="Measure"/> and <see cref="Begin"/>, so that another worker can take its place after these two.</summary>
internal enum WorkerCall
{
    /// <summary>To give the schema of its rows.</summary>
    Schema,

    /// <summary>To look at its columns: <see cref="ViewFacts"/>.</summary>
    Profile,

    /// <summary>To count terms: <see cref="TermCounts"/>.</summary>
    CountTerms,

    /// <summary>To look at dates: <see cref="DateStatistics"/>.</summary>
    FindDates,

    /// <summary>To find the values of its labels.</summary>
    CollectLabels,

    /// <summary>To read its rows, and to measure those to train on: <see cref="RowMeasures"/>.</summary>
    Measure,

    /// <summary>To make its copy of the network.</summary>
    Begin,

    /// <summary>To find its batches of a round, and to say which rows of tables they look up.</summary>
    Locate,

    /// <summary>To train on its batches of a round, to give what it has learned, and to say which rows those of the next look up.</summary>
    Train,

    /// <summary>To judge weights by its validation rows: <see cref="Judgement"/>.</summary>
    Judge,
}
