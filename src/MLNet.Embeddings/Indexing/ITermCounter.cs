namespace MLNet.Embeddings;

/// <summary>Counts the terms of a cursor's rows.</summary>
internal interface ITermCounter
{
    /// <summary>Counts those of the current row, at once or with those of later rows.</summary>
    void Count();

    /// <summary>The terms of all rows.</summary>
    VocabularyBuilder Finish();
}
