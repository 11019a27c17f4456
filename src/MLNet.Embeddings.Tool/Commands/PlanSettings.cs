using System.ComponentModel;
using Microsoft.ML;
using Spectre.Console;
using Spectre.Console.Cli;

namespace MLNet.Embeddings.Tool;

/// <summary>What is learned from which columns.</summary>
internal class PlanSettings : ReadingSettings
{
    [CommandArgument(0, "<DATA>")]
    [Description("The rows to learn from: .csv, .tsv, .jsonl, .json or .parquet; text may be compressed (.gz).")]
    public string Data { get; init; } = "";

    [CommandOption("-l|--label <COLUMN>", isRequired: true)]
    [Description("The column to predict.")]
    public string Label { get; init; } = "";

    [CommandOption("--text <COLUMNS>")]
    [Description("Columns to read as texts, separated by commas; others are read by their values.")]
    public string[] Text { get; init; } = [];

    [CommandOption("--category <COLUMNS>")]
    [Description("Columns to read as categories.")]
    public string[] Category { get; init; } = [];

    [CommandOption("--number <COLUMNS>")]
    [Description("Columns to read as numbers.")]
    public string[] Number { get; init; } = [];

    [CommandOption("--date <COLUMNS>")]
    [Description("Columns to read as dates.")]
    public string[] Date { get; init; } = [];

    [CommandOption("--ignore <COLUMNS>")]
    [Description("Columns not to read.")]
    public string[] Ignore { get; init; } = [];

    [CommandOption("--task <KIND>")]
    [Description("binary, multiclass or regression; by the label's values if left out: two values, numbers of many values, or else classes.")]
    public string? Task { get; init; }

    [CommandOption("--positive <VALUE>")]
    [Description("The positive one of a label's two values; yes, true, 1 or the like if left out, else the rarer one.")]
    public string? Positive { get; init; }

    [CommandOption("--effort <LEVEL>")]
    [Description("quick, normal or thorough.")]
    [DefaultValue(TrainingEffort.Normal)]
    public TrainingEffort Effort { get; init; }

    [CommandOption("--seed <NUMBER>")]
    [Description("The same number gives the same model.")]
    [DefaultValue(1)]
    public int Seed { get; init; }

    /// <summary>What is decided of the table.</summary>
    internal TrainingPlan Plan(MLContext mlContext) => TrainingPlan.Make(mlContext, mlContext.Data.DescribeTable(Data, Reading), Request);

    private PlanRequest Request => new(Label, Task is null ? null : Enum.Parse<PredictionTask>(Task, ignoreCase: true), Positive, KindsIn);

    /// <summary>The columns that are named by kind.</summary>
    internal ColumnKinds KindsIn(TableDescription table) => ColumnKinds.Of(
        [(ColumnKinds.Text, Text), (ColumnKinds.Category, Category), (ColumnKinds.Number, Number), (ColumnKinds.Date, Date)], Ignore, table);

    public override ValidationResult Validate() =>
        Task is not null && (!Enum.TryParse<PredictionTask>(Task, ignoreCase: true, out _) || char.IsAsciiDigit(Task[0]))
            ? ValidationResult.Error($"--task must be binary, multiclass or regression; it was '{Task}'.")
            : base.Validate();
}
