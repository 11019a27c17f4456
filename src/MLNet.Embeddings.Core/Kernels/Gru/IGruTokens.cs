namespace MLNet.Embeddings;

/// <summary>The tokens that rows read, and what becomes of the states: what training and scoring do differently.</summary>
internal unsafe interface IGruTokens
{
    /// <summary>Replaces the state of a row before a token by that after it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="token">Position of the token in the row.</param>
    /// <param name="recurrent">The recurrent part of the gates, (3 · units).</param>
    /// <param name="hidden">The state, (units).</param>
    void Step(int row, int token, float* recurrent, float* hidden);
}
