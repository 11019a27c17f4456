using System.Text.Json.Serialization;

namespace MLNet.Embeddings;

/// <summary>Vectors that were learned elsewhere, from large amounts of text, for a column's table to begin with.</summary>
/// <remarks>
/// <para>A help where there are few rows: the network then begins with what words mean, and learns from the rows what they mean for the label.</para>
/// <para>
/// The vectors of GloVe (Pennington, Socher and Manning 2014, nlp.stanford.edu/projects/glove), of word2vec (Mikolov et al. 2013, arXiv 1301.3781) in its text
/// format and of fastText (Bojanowski et al. 2017, arXiv 1607.04606; the .vec files) can be read, and all others in such files.
/// </para>
/// <list type="table">
/// <listheader><term>Row of the table</term><description>Its vector</description></listheader>
/// <item><term>A key whose value, as text, is in the file</term>
/// <description>That of the file; of a term that is there more often, the first one. Both are compared in normalization form C.</description></item>
/// <item><term>A key whose value is not in the file</term>
/// <description>Random numbers, uniform with mean 0 and the variance of the vectors found: Kim 2014, arXiv 1408.5882, section 4.3.</description></item>
/// <item><term>Unknown values (key 1 of columns of <c>IndexTokens</c> and <c>IndexCategories</c>)</term>
/// <description>That of the term "&lt;unk&gt;", which GloVe writes for the mean of rare words, if the file has it;
/// else the mean of the vectors found.</description></item>
/// <item><term>Missing values (key 0 of category columns)</term><description>The mean of the vectors found.</description></item>
/// <item><term>Padding (key 0 of sequences and bags)</term><description>Zeros, as always.</description></item>
/// </list>
/// <para>
/// How much was found stands in <see cref="TrainingHistory.VectorCoverage"/> and in a message. The file is read once in each <c>Fit</c>, line by line, for all
/// columns that name it; only the vectors that are needed are kept. Once fitted, the model has its vectors itself and does not need the file.
/// </para>
/// </remarks>
public sealed record PretrainedVectors
{
    [JsonConstructor]
    private PretrainedVectors(string filePath) => FilePath = filePath;

    /// <summary>The vectors of a text file: on each line a term and its numbers, with spaces or tabs between.</summary>
    /// <param name="filePath">
    /// The file, in UTF-8; one whose name ends with ".gz" is decompressed while it is read. A first line of two whole numbers, the counts of terms and
    /// dimensions that word2vec and fastText write, is not taken for a vector. Terms may have spaces within, as some of glove.840B do. It is opened by
    /// <c>Fit</c>.
    /// </param>
    public static PretrainedVectors FromTextFile(string filePath) => new(filePath);

    /// <summary>The file.</summary>
    public string FilePath { get; }

    /// <summary>Whether training changes the vectors. A table that it does not change, with all its rows, takes a third of the memory and less time.</summary>
    /// <value>
    /// Default true: the vectors are where training begins, as with fastText's -pretrainedVectors and keras.layers.Embedding. False: they stay as they are, as
    /// with torch.nn.Embedding.from_pretrained; better where there are very few rows, and for words that only occur later. Kim 2014 (arXiv 1408.5882) compares
    /// both.
    /// </value>
    public bool Trainable { get; init; } = true;

    /// <summary>Whether a term that is not in the file takes the vector of its lower-case form.</summary>
    /// <value>
    /// Default false, as lower_case_backup of torchtext. To be set for files of lower-case words, as glove.6B, where keys are made with regard to case.
    /// </value>
    public bool LowerCaseFallback { get; init; }

    /// <summary>What is wrong with the settings, a sentence each.</summary>
    internal IEnumerable<string> Faults(string column)
    {
        if (string.IsNullOrWhiteSpace(FilePath)) yield return $"The file of the vectors of column '{column}' must be named; leave Vectors out for none.";
    }
}
