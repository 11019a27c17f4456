using System.Runtime.Versioning;

namespace MLNet.Embeddings.Tests;

/// <summary>What a fit says of vectors that it cannot use.</summary>
[TestClass]
public sealed class BadVectorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Fit_NoFile_NamesTheFullPath()
    {
        var column = InputColumn.Bag("Words") with { Vectors = PretrainedVectors.FromTextFile("no-such.vec") };

        StringAssert.Contains(Assert.ThrowsExactly<FileNotFoundException>(() => Fit(column)).Message, $"'{Path.GetFullPath("no-such.vec")}' is not there.");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [SupportedOSPlatform("linux")]
    public void Fit_FileThatMayNotBeRead_IsAnIOErrorWithTheCure()
    {
        if (Environment.IsPrivilegedProcess) Assert.Inconclusive("The superuser may read every file.");
        string path = _folder.Write("vectors.txt", "good1 1 2\n");
        File.SetUnixFileMode(path, UnixFileMode.None);

        string message = Assert.ThrowsExactly<IOException>(() => new VectorFile(path)).Message;

        StringAssert.StartsWith(message, $"The file of vectors '{path}' cannot be read: ");
        StringAssert.EndsWith(message, " Give the process the right to it, or name another place.");
    }

    [TestMethod]
    public void Fit_OtherDimensions_SaysBoth()
    {
        string path = _folder.Write("vectors.txt", "good1 1 2\n");

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Fit(InputColumn.Bag("Words", 50) with { Vectors = PretrainedVectors.FromTextFile(path) })).Message;

        Assert.AreEqual(
            $"The dimensions of 'Words' are 50, and the vectors in '{path}' have 2; they must be the same. Leave Dimensions out to take those of the file.",
            message);
    }

    [TestMethod]
    public void Fit_NoTermFound_SaysWhichItLookedFor()
    {
        string path = _folder.Write("vectors.txt", "guten 1 2\n<unk> 3 4\n");

        string message = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Fit(InputColumn.Bag("Words") with { Vectors = PretrainedVectors.FromTextFile(path) })).Message;

        StringAssert.Matches(
            message, new(
                $"^None of the \\d+ terms of 'Words', such as '(good|bad)\\d+', is in the file of vectors '{path}'. Check that it is of the language"));
    }

    [TestMethod]
    public void Fit_HashedKeys_SaysWhatToDo()
    {
        string path = _folder.Write("vectors.txt", "good1 1 2\n");

        string message = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            Fit(InputColumn.Bag("Hashed") with { Vectors = PretrainedVectors.FromTextFile(path) })).Message;

        StringAssert.StartsWith(
            message, "Schema mismatch for key column 'Hashed': expected keys with values, by which vectors are found in a file, got Vector<Key<UInt32, " +
                "0-16>> without. Make the keys with IndexTokens, IndexCategories or MapValueToKey, not hashed; or leave Vectors out.");
    }

    [TestMethod]
    public void Fit_NumberInTheFileIsNone_SaysWhere()
    {
        string path = _folder.Write("vectors.txt", "elsewhere x y\ngood1 1 NaN\n");

        string message = Assert.ThrowsExactly<FormatException>(() =>
            Fit(InputColumn.Bag("Words") with
            {
                Vectors = PretrainedVectors.FromTextFile(_folder.Write("vectors.txt", "elsewhere 1 2\ngood1 1 NaN\n")),
            })).Message;

        StringAssert.StartsWith(message, $"The file of vectors '{path}' cannot be used: line 2 has 'NaN' for number 2 of the term 'good1'");
    }

    [TestMethod]
    public void Fit_MissingColumn_SaysSoAsWithoutVectors()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() =>
            Fit(InputColumn.Bag("Nowhere") with { Vectors = PretrainedVectors.FromTextFile("x") }));

        StringAssert.StartsWith(error.Message, "Could not find bag column 'Nowhere'.");
    }

    [TestMethod]
    public void Fit_Cancelled_EndsTheReading()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var column = InputColumn.Bag("Words") with { Vectors = PretrainedVectors.FromTextFile(_folder.Write("vectors.txt", "good1 1 2\n")) };

        Assert.ThrowsExactly<OperationCanceledException>(() => Fit(column, source.Token));
    }

    [TestMethod]
    public void Of_SettingsThatCannotBe_SaysAll()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => Trainers.Of(Trainers.Options with
        {
            Columns =
            [
                InputColumn.Bag("A") with { Table = "words", Vectors = PretrainedVectors.FromTextFile("one.txt") },
                InputColumn.Bag("B") with { Table = "words" },
                InputColumn.Bag("C") with { Table = "words", Vectors = PretrainedVectors.FromTextFile("two.txt") },
                InputColumn.Bag("D") with { Vectors = PretrainedVectors.FromTextFile("") },
            ],
        }));

        StringAssert.Contains(error.Message, "The columns 'A' and 'C' share the table 'words', so their vectors must be the same; leave those of one out.");
        StringAssert.Contains(error.Message, "The file of the vectors of column 'D' must be named; leave Vectors out for none.");
    }

    private static void Fit(InputColumn column, CancellationToken cancellation = default) =>
        Trainers.Of(Trainers.Options with { Columns = [column], CancellationToken = cancellation }).Fit(WordRow.Keys(WordRow.Random(40, seed: 1)));
}
