using System.Globalization;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>Writes vectors as word2vec's text format: a line of the counts of terms and dimensions, then a term and its numbers on each line.</summary>
internal static class VectorText
{
    /// <param name="path">The file, which is replaced at once or not at all.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="vectors">(terms, dimensions).</param>
    /// <param name="dimensions">Length of a vector.</param>
    /// <exception cref="InvalidOperationException">A term cannot stand in such a file.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static void Write(string path, IReadOnlyList<string> terms, ReadOnlyMemory<float> vectors, int dimensions)
    {
        if (terms.Select((term, index) => Fault(term) is { } fault ? $"'{term}' (number {index}) {fault}" : null).FirstOrDefault(fault => fault is not null)
            is { } first)
        {
            throw new InvalidOperationException(
                $"The vectors cannot be written as text: the term {first}, so that nobody could read it back. Leave such terms out, by new EmbeddingVectors " +
                "of the others, or write ToDataFrame() as a table.");
        }
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{terms.Count} {dimensions}"));
            Span<char> number = stackalloc char[32];
            for (int i = 0; i < terms.Count; i++)
            {
                writer.Write(terms[i]);
                foreach (float value in vectors.Span.Slice(i * dimensions, dimensions))
                {
                    value.TryFormat(number, out int length, default, CultureInfo.InvariantCulture);
                    writer.Write(' ');
                    writer.Write(number[..length]);
                }
                writer.WriteLine();
            }
        });
    }

    /// <summary>Why a term cannot be read back; null where it can: <see cref="PretrainedVectors"/> takes the last fields of a line for the numbers.</summary>
    private static string? Fault(string term)
    {
        if (!Vocabulary.IsTerm(term)) return "is no text of whole characters";
        if (term.AsSpan().ContainsAny('\n', '\r')) return "has a line break";
        if (term[0] is ' ' or '\t' || term[^1] is ' ' or '\t') return "begins or ends with a blank";
        string[] fields = term.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && fields.Skip(1).All(IsNumber) ? "ends with what looks like numbers of its vector" : null;
    }

    private static bool IsNumber(string field) =>
        field.Contains('.', StringComparison.Ordinal) && float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
