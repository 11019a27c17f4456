namespace MLNet.Embeddings.Tool;

/// <summary>What the tool ends with.</summary>
internal static class ExitCodes
{
    /// <summary>All was done.</summary>
    internal const int Done = 0;

    /// <summary>Something failed at work, as a full disk.</summary>
    internal const int Failed = 1;

    /// <summary>The arguments or the data must be put right.</summary>
    internal const int BadInput = 2;

    /// <summary>It was cancelled; of training, the best model so far is written.</summary>
    internal const int Cancelled = 130;
}
