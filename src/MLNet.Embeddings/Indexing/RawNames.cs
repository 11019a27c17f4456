namespace MLNet.Embeddings;

/// <summary>Names of the columns that a trainer makes of raw ones and nobody else sees.</summary>
internal static class RawNames
{
    internal static string Keys(string column) => $"{column}/key";

    internal static string Words(string column) => $"{column}/words";

    internal static string Reading(string column, int index) => $"{column}/terms {index + 1}";

    internal static string WideWords(string column) => $"{column}/word n-grams";

    internal static string WideCharacters(string column) => $"{column}/character n-grams";
}
