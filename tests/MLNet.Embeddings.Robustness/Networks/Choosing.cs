namespace MLNet.Embeddings.Robustness;

/// <summary>Random choices.</summary>
internal static class Choosing
{
    extension(Random random)
    {
        internal bool Chance(double share) => random.NextDouble() < share;

        internal T Of<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];
    }
}
