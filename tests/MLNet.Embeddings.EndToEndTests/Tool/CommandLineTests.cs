namespace MLNet.Embeddings.Tests.Tool;

/// <summary>Tests what the tool says of arguments and data.</summary>
[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    public void Help_TellsCommandsOptionsAndExitCodes()
    {
        string all = ToolRun.Done("--help").Output, train = ToolRun.Done("train", "--help").Output;

        string[] commands = ["train", "evaluate", "predict", "explain", "report", "vectors", "serve", "init"];
        string[] codes = ["EXIT CODES:", "0    done", "1    something failed", "2    the arguments or the data", "130  cancelled"];
        string[] options = ["--label <COLUMN>", "--text <COLUMNS>", "--effort <LEVEL>", "--test <FILE>", "--seed <NUMBER>"];
        foreach (string part in commands.Select(command => $"    {command} <").Concat(codes)) Assert.Contains(part, all);
        foreach (string option in options) Assert.Contains(option, train);
    }

    [TestMethod]
    [DataRow("Unknown command 'trian'. Did you mean 'train'?", "trian")]
    [DataRow("Unknown option 'lable'. Did you mean '--label'?", "train", "reviews.csv", "--lable", "X")]
    [DataRow("--task must be binary, multiclass or regression; it was 'sort'.", "train", "reviews.csv", "--label", "X", "--task", "sort")]
    [DataRow("--quotes must be yes or no; it was 'some'.", "train", "reviews.csv", "--label", "X", "--quotes", "some")]
    [DataRow("There is no folder '/no-such-folder' for x.csv.", "predict", "none.zip", "none.csv", "--out", "/no-such-folder/x.csv")]
    [DataRow("There is no file 'none.csv'.", "train", "none.csv", "--label", "X")]
    [DataRow("There is no model 'none.zip'. Train one:", "predict", "none.zip", "none.csv")]
    public void Arguments_Unusable_AreRefusedWithTheCure(string message, params string[] arguments) => ToolRun.Refused(message, arguments);

    [TestMethod]
    [DataRow("reviews.csv has no column 'Recomended'. Did you mean 'Recommended'?", "--label", "Recomended")]
    [DataRow("reviews.csv has no column 'Titel'. Did you mean 'Title'?", "--label", "Recommended", "--text", "Titel,Body")]
    [DataRow("The column 'Title' is named as text and as category; choose one.", "--label", "Recommended", "--text", "Title", "--category", "Title")]
    [DataRow("'Recommended' is the label; it cannot be read as a column too, or be ignored.", "--label", "Recommended", "--ignore", "Recommended")]
    [DataRow("--positive is 'maybe', but the label 'Recommended' is 'no' or 'yes'.", "--label", "Recommended", "--positive", "maybe")]
    [DataRow("The label 'Body' has 1,022 different texts", "--label", "Body")]
    [DataRow("The label 'Department' has 6 different values", "--label", "Department", "--task", "binary")]
    [DataRow("There is no folder '/no-such-folder' for model.zip.", "--label", "Recommended", "--out", "/no-such-folder/model.zip")]
    [DataRow("reviews.csv, line 2, column 'Recommended': 'no' is not a number.", "--label", "Recommended", "--task", "regression")]
    public void Train_WhatCannotBeLearned_IsRefused(string message, params string[] arguments) =>
        ToolRun.Refused(message, ["train", ToolRun.Reviews, .. arguments]);

    [TestMethod]
    public void Train_BadFile_NamesTheLine()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("bad.csv", "A,B\n1,x\n2\n");

        ToolRun.Refused("bad.csv, line 3: the row has 1 field, and the first row 2.", "train", path, "--label", "B");
    }

    [TestMethod]
    public void Train_LabelOfOneValue_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("one.csv", "A,B\n1,x\n2,x\n3,\n");

        ToolRun.Refused("The label 'B' is 'x' in all rows that have one; there is nothing to learn to tell apart.", "train", path, "--label", "B");
    }

    [TestMethod]
    [DataRow("Score")]
    [DataRow("Probability")]
    [DataRow("PredictedLabel")]
    public void Train_LabelNamedAsAPrediction_IsRefusedWithTheCure(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("scores.csv", $"A,{name}\n1,x\n2,y\n");

        ToolRun.Refused($"The label cannot have the name '{name}'", "train", path, "--label", name);
    }

    [TestMethod]
    public void Failure_Verbose_ShowsWhere()
    {
        Assert.DoesNotContain("   at ", ToolRun.Of("train", "none.csv", "--label", "X").Errors);
        Assert.Contains("   at ", ToolRun.Of("train", "none.csv", "--label", "X", "--verbose").Errors);
    }
}
