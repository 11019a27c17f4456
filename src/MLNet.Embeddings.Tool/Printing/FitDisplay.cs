namespace MLNet.Embeddings.Tool;

/// <summary>Shows how far training is.</summary>
internal static class FitDisplay
{
    internal static T Show<T>(Func<IProgress<TrainingProgress>, T> fit) => Examples.TrainingDisplay.Show(fit);
}
