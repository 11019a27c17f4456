namespace MLNet.Embeddings.Tests.Tool;

/// <summary>Tests the programs that init writes.</summary>
[TestClass]
public sealed class InitTests
{
    [TestMethod]
    public void Init_Reviews_WritesAProgramThatTrainsTheModel()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "Reviews.cs");

        ToolRun.Done("init", ToolRun.Reviews, "--label", "Recommended", "--text", "Title,Body", "--effort", "quick", "--out", path);

        string program = File.ReadAllText(path);
        Assert.StartsWith("#:package MLNet.Embeddings@", program);
        Assert.Contains("InputColumn.Text(\"Title\"),", program);
        Assert.StartsWith("AUC 0.", new DocumentProgram([new CodeBlock("", "csharp", program, "")]).Run());
        ToolRun.Refused($"'{path}' is there already.", "init", ToolRun.Reviews, "--label", "Recommended", "--out", path);
    }

    [TestMethod]
    public void Init_HardTable_IsReadAsTold()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 60).Select(i => $"{i % 7},{i}|{(i % 10 == 9 ? "NA" : i % 5 == 4 ? "" : i % 2 == 0 ? "low" : "high")}|0{i % 3}|{i % 9}");
        string data = folder.Write("table.txt", $"A \"size\"|Kind\\|Zip|Code\n{string.Join('\n', rows)}\n"), path = Path.Combine(folder.Path, "Program.cs");

        ToolRun.Done("init", data, "--label", "Kind\\", "--category", "Code", "--text", "Zip", "--decimal", ",", "--encoding", "windows-1252", "--effort", "quick", "--out", path,
            "--project");

        string program = File.ReadAllText(path);
        Assert.DoesNotContain("#:package", program);
        Assert.Contains("DecimalSeparator = ','", program);
        Assert.Contains("RegisterProvider", program);
        Assert.Contains("string.IsNullOrEmpty(row.Label) || row.Label is \"NA\"", program);
        Assert.Contains("InputColumn.Number(\"A \\\"size\\\"\")", program);
        Assert.Contains("<PackageReference Include=\"MLNet.Embeddings.Tables\"", File.ReadAllText(Path.ChangeExtension(path, ".csproj")));
        Assert.StartsWith("AUC ", new DocumentProgram([new CodeBlock("", "csharp", program, "")]).Run());
    }
}
