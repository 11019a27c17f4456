namespace MLNet.Embeddings;

/// <summary>The entry of a model file that holds the terms of a vocabulary.</summary>
internal static class VocabularyEntry
{
    /// <summary>Name of the entry of a step with one vocabulary.</summary>
    internal const string Name = "vocabulary.json";

    internal static void Write(this Vocabulary vocabulary, EntryWriter entries, string name = Name) => entries.Write(name, vocabulary.Write);

    /// <exception cref="FormatException">The entry cannot be read, or holds something else than the terms that its transformer had.</exception>
    internal static Vocabulary Read(EntryReader entries, int termCount, int setAside = 0, string name = Name) => entries.Read(name, stream =>
    {
        try
        {
            return Vocabulary.Read(stream, termCount, setAside);
        }
        catch (FormatException e)
        {
            throw EntryReader.Damaged(name, e.Message);
        }
    });
}
