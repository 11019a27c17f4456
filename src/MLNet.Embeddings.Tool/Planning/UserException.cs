namespace MLNet.Embeddings.Tool;

/// <summary>Something that the user has to put right: an argument, or the data.</summary>
/// <param name="message">What is wrong, and what to do.</param>
internal sealed class UserException(string message) : Exception(message);
