using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>What was chosen for a model.</summary>
public static class ModelSettingsExtensions
{
    extension(MultiEmbeddingTransformer model)
    {
        /// <summary>
        /// The settings that the model was trained with, those that were left out as they were chosen: to be read, and to be given to a trainer again, whose
        /// model is then the same on the same data and number of threads. Progress, cancellation and checkpoints are not among them.
        /// </summary>
        /// <value>Null for models saved by versions that did not keep them. <see cref="TrainingHistory.Settings"/> is the same as a text.</value>
        /// <exception cref="FormatException">The model was loaded from a file whose history is damaged, or holds no settings.</exception>
        public MultiEmbeddingOptions? Settings => model.History.Settings is { } text ? SettingsText.Read(text) : null;
    }
}
