using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VectorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("the 0.5 -1.25\ncat 3 4e-1\n", DisplayName = "GloVe")]
    [DataRow("2 2\nthe 0.5 -1.25 \ncat 3 4e-1 \n", DisplayName = "word2vec, fastText")]
    [DataRow("900000 2\r\nthe 0.5 -1.25\r\ncat 3 4e-1\r\n", DisplayName = "Windows lines, cut short")]
    [DataRow("\uFEFFthe 0.5 -1.25\ncat 3 0.4", DisplayName = "byte order mark, no last line feed")]
    [DataRow("the\t0.5\t-1.25\ncat\t3\t0.4\n", DisplayName = "tabs")]
    [DataRow("\nthe  0.5  -1.25\n\n \t\ncat 3   0.4\n\n\n", DisplayName = "more spaces, empty lines")]
    public void Read_EveryForm_GivesTermsAndNumbers(string content)
    {
        CollectionAssert.AreEqual(new[] { "the|0.5|-1.25", "cat|3|0.4" }, Read(_folder.Write("vectors.txt", content)));
    }

    [TestMethod]
    public void Read_Compressed_GivesTermsAndNumbers()
    {
        string path = Path.Combine(_folder.Path, "cc.en.2.vec.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest)) stream.Write("2 2\nthe 0.5 -1.25\ncat 3 0.4\n"u8);

        CollectionAssert.AreEqual(new[] { "the|0.5|-1.25", "cat|3|0.4" }, Read(path));
    }

    [TestMethod]
    [DataRow(12)]
    [DataRow(10)]
    public void Read_DamagedGzipFile_SaysSo(int at)
    {
        string path = Path.Combine(_folder.Path, "damaged.vec.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest)) stream.Write("the 0.5 -1.25\ncat 3 0.4\n"u8);
        byte[] bytes = File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xff, at, 4);
        File.WriteAllBytes(path, bytes);

        var error = Assert.ThrowsExactly<FormatException>(() => Read(path));

        StringAssert.Contains(error.Message, $"'{path}' cannot be used: behind line 0 it cannot be unpacked: ");
    }

    [TestMethod]
    public void Read_TermsWithSpacesAndOfOtherScripts_KeepsThem()
    {
        string path = _folder.Write("vectors.txt", ". . . 1 2\n7 3 4\nroute 66 5 6\nat name@domain.com 7 8\n北京 9 10\n🙂 11 12\n0.5 13 14\n");

        CollectionAssert.AreEqual(
            new[] { ". . .|1|2", "7|3|4", "route 66|5|6", "at name@domain.com|7|8", "北京|9|10", "🙂|11|12", "0.5|13|14" }, Read(path));
    }

    [TestMethod]
    public void Read_FirstTermIsANumber_IsNoHeader()
    {
        CollectionAssert.AreEqual(new[] { "7|3|4", "8|5|6" }, Read(_folder.Write("vectors.txt", "7 3 4\n8 5 6\n")));
    }

    [TestMethod]
    public void Read_FileOfManyBuffers_GivesAllLines()
    {
        var random = new Random(1);
        string[] expected = [.. Enumerable.Range(0, 3_000)
            .Select(i => $"term{new string('x', random.Next(40))}{i}|{string.Join('|', Enumerable.Range(0, 50).Select(_ => Text(random.NextSingle())))}")];
        string path = _folder.Write("vectors.txt", string.Join('\n', expected.Select(line => line.Replace('|', ' '))));

        Assert.IsGreaterThan(1_000_000, new FileInfo(path).Length);
        CollectionAssert.AreEqual(expected, Read(path));
    }

    [TestMethod]
    public void Read_MoreLines_AllocatesNoMore()
    {
        string line = $"term {string.Join(' ', Enumerable.Range(0, 50))}\n";
        string few = _folder.Write("few.txt", string.Concat(Enumerable.Repeat(line, 200))),
            many = _folder.Write("many.txt", string.Concat(Enumerable.Repeat(line, 10_000)));
        float[] vector = new float[50];
        long Allocated(string path) => Allocations.Least(() =>
        {
            using var file = new VectorFile(path);
            while (file.Read()) file.CopyTo(vector);
        });

        Assert.AreEqual(Allocated(few), Allocated(many), 4_096);
    }

    [TestMethod]
    [DataRow("", "it is empty.")]
    [DataRow("\n \n", "it is empty.")]
    [DataRow("400000 300\n", "it has no line behind the first one.")]
    [DataRow("the cat sat on the mat\n", "its vectors would have 0 dimensions, by the first line; from 1 to 4096 are needed.")]
    [DataRow("5 5000\nthe 1 2\n", "its vectors would have 5000 dimensions, by the first line; from 1 to 4096 are needed.")]
    [DataRow("5 0\nthe 1 2\n", "its vectors would have 0 dimensions, by the first line; from 1 to 4096 are needed.")]
    [DataRow("the 0.5 1\ncat 0.5\n", "line 2 has 2 fields where 3 are needed, a term and 2 numbers.")]
    [DataRow("2 2\nthe 0.5 1\n0.5 1\n", "line 3 has 2 fields where 3 are needed, a term and 2 numbers.")]
    [DataRow("the 0.5 1\n\ncat 0.5 0.25 1 2\n", "line 3 has 5 fields where 3 are needed, a term and 2 numbers.")]
    [DataRow("3 4\nthe 0.5 1\n", "line 2 has 3 fields where 5 are needed, a term and 4 numbers.")]
    [DataRow("the 0.5 1\ncat 0.5 x\n", "line 2 has 'x' for number 2 of the term 'cat'; a finite number is needed.")]
    [DataRow("the 0.5 1\ncat nan 1\n", "line 2 has 'nan' for number 1 of the term 'cat'; a finite number is needed.")]
    [DataRow("the 0.5 1\ncat 1 -Infinity\n", "line 2 has '-Infinity' for number 2 of the term 'cat'; a finite number is needed.")]
    [DataRow("the 0.5 1\ncat 1e999 1\n", "line 2 has '1e999' for number 1 of the term 'cat'; a finite number is needed.")]
    public void Read_WhatIsNoFileOfVectors_SaysWhereAndWhy(string content, string cause)
    {
        string path = _folder.Write("vectors.txt", content);

        string message = Assert.ThrowsExactly<FormatException>(() => Read(path)).Message;

        Assert.AreEqual(
            $"The file of vectors '{path}' cannot be used: {cause}\n" +
            "Give a whole text file of GloVe, word2vec or fastText: on each line a term and its numbers, in UTF-8. A binary file has to be converted first.",
            message);
    }

    [TestMethod]
    public void Read_BinaryFile_IsRefused()
    {
        string path = Path.Combine(_folder.Path, "vectors.bin");
        byte[] noise = new byte[5_000_000];
        Array.Fill(noise, (byte)0xA7);
        File.WriteAllBytes(path, [.. "3000000 300\n"u8, .. noise]);

        StringAssert.Contains(Assert.ThrowsExactly<FormatException>(() => Read(path)).Message, "line 2 is longer than 1048576 bytes.");
    }

    [TestMethod]
    public void New_NoFile_NamesTheFullPath()
    {
        string message = Assert.ThrowsExactly<FileNotFoundException>(() => new VectorFile("no-such-vectors.txt")).Message;

        Assert.AreEqual($"The file of vectors '{Path.GetFullPath("no-such-vectors.txt")}' is not there. Correct the path, or put the file there.", message);
    }

    /// <summary>All lines, a bar between the term and its numbers.</summary>
    private static string[] Read(string path)
    {
        using var file = new VectorFile(path);
        float[] vector = new float[file.Dimensions];
        var lines = new List<string>();
        while (file.Read())
        {
            file.CopyTo(vector);
            lines.Add(new StringBuilder().Append(file.Term).Append('|').AppendJoin('|', vector.Select(Text)).ToString());
        }
        return [.. lines];
    }

    private static string Text(float value) => value.ToString(CultureInfo.InvariantCulture);
}
