using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tool;

/// <summary>The text of a C# program that does what <c>train</c> does.</summary>
internal static class TrainingProgram
{
    private static readonly string[] Packages = ["MLNet.Embeddings", "MLNet.Embeddings.Tables"];

    /// <summary>UTF-8, UTF-16, UTF-32, ASCII and Latin 1.</summary>
    private static readonly int[] BuiltIn = [65001, 1200, 1201, 12000, 12001, 20127, 28591];

    private static string Version =>
        typeof(TrainingProgram).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>A project for the program.</summary>
    internal static string Project() => $"""
        <Project Sdk="Microsoft.NET.Sdk">

          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>

          <ItemGroup>
        {string.Join('\n', Packages.Select(package => $"    <PackageReference Include=\"{package}\" Version=\"{Version}\" />"))}
          </ItemGroup>
        </Project>

        """;

    /// <summary>The program.</summary>
    internal static string Source(TrainingPlan plan, TrainingEffort effort, int seed, bool hasProject)
    {
        var (catalog, label, measures) = Of(plan);
        var text = new StringBuilder();
        if (!hasProject) text.Append(string.Concat(Packages.Select(package => $"#:package {package}@{Version}\n"))).Append('\n');
        if (plan.Labels.Unlabelled > 0 || Types(plan).Any()) text.Append("using Microsoft.ML.Data;\n");
        text.Insert(text.ToString().IndexOf("using", StringComparison.Ordinal) is >= 0 and var at ? at : text.Length, "using Microsoft.ML;\n");
        return text.Append(CultureInfo.InvariantCulture, $$"""
            using MLNet.Embeddings;

            {{Registration(plan)}}var mlContext = new MLContext(seed: {{seed}});
            IDataView data = mlContext.Data.LoadTable(args.Length > 0 ? args[0] : {{Literal(plan.Table.Path)}}{{Options(plan)}});
            {{Filter(plan)}}var rows = mlContext.Data.TrainTestSplit(data, testFraction: 0.2, seed: {{seed}});

            MultiEmbeddingTransformer model = mlContext.{{catalog}}.Trainers.MultiEmbedding(new MultiEmbeddingOptions
            {
                Labels = [{{label}}],
                Columns =
                [
            {{string.Concat(plan.Columns.Select(column => $"        {Column(column)},\n"))}}    ],
                Effort = TrainingEffort.{{effort}},
                Seed = {{seed}},
            }).Fit(rows.TrainSet);

            var metrics = mlContext.{{catalog}}.Evaluate(model.Transform(rows.TestSet), {{Literal(plan.Label)}});
            Console.WriteLine($"{{measures}}");

            mlContext.Model.SaveAtomically(model, data.Schema, "model.zip");

            """).Append(Labelled(plan)).ToString();
    }

    private static (string Catalog, string Label, string Measures) Of(TrainingPlan plan) => plan.Task switch
    {
        PredictionTask.Binary => ("BinaryClassification", $"LabelColumn.Binary({Literal(plan.Label)}){Positive(plan)}",
            "AUC {metrics.AreaUnderRocCurve:F4}, accuracy {metrics.Accuracy:F4}, F1 {metrics.F1Score:F4}"),
        PredictionTask.Multiclass => ("MulticlassClassification", $"LabelColumn.Multiclass({Literal(plan.Label)})",
            "Accuracy {metrics.MicroAccuracy:F4}, log loss {metrics.LogLoss:F4}"),
        _ => ("Regression", $"LabelColumn.Regression({Literal(plan.Label)})",
            "Mean absolute error {metrics.MeanAbsoluteError:G4}, root mean squared error {metrics.RootMeanSquaredError:G4}, R² {metrics.RSquared:F4}"),
    };

    private static string Positive(TrainingPlan plan) =>
        plan.LabelColumn is BinaryLabel { PositiveLabel: { } value } ? $" with {{ PositiveLabel = {Literal(value)} }}" : "";

    private static string Column(InputColumn column)
    {
        string kind = column switch { TextColumn => "Text", CategoryColumn => "Category", NumberColumn => "Number", DateColumn => "Date", _ => "Bag" };
        return $"InputColumn.{kind}({Literal(column.Name)})";
    }

    /// <summary>The types that are not those which are found in the file.</summary>
    private static IEnumerable<KeyValuePair<string, DataKind>> Types(TrainingPlan plan) =>
        plan.Options.Types.Where(type => plan.Table.Options.Types[type.Key] != type.Value);

    /// <summary>How the file is read, as far as it is not found in it.</summary>
    private static string Options(TrainingPlan plan)
    {
        List<string> settings = [];
        string types = string.Join(", ", Types(plan).Select(type => $"[{Literal(type.Key)}] = DataKind.{type.Value}"));
        if (types.Length > 0) settings.Add($"Types = new Dictionary<string, DataKind> {{ {types} }}");
        if (plan.Options.Format == TableFormat.Delimited)
        {
            settings.Insert(0, $"Separator = {SymbolLiteral(plan.Options.Separator!.Value)}");
            settings.Insert(1, $"HasHeader = {(plan.Options.HasHeader == true ? "true" : "false")}");
            if (plan.Options.Quoted == false) settings.Insert(2, "Quoted = false");
            if (plan.Options.DecimalSeparator == ',') settings.Insert(2, "DecimalSeparator = ','");
        }
        if (plan.Options.Encoding is { } encoding) settings.Add($"Encoding = System.Text.Encoding.GetEncoding({Literal(encoding.WebName)})");
        return settings.Count == 0 ? "" : $", new() {{ {string.Join(", ", settings)} }}";
    }

    /// <summary>Encodings of a code page are known after this only.</summary>
    private static string Registration(TrainingPlan plan) => plan.Options.Encoding is null || BuiltIn.Contains(plan.Options.Encoding.CodePage) ? ""
        : "System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);\n";

    /// <summary>Leaves out the rows without a label, which ML.NET's evaluators refuse.</summary>
    private static string Filter(TrainingPlan plan)
    {
        if (plan.Labels.Unlabelled == 0) return "";
        return plan.Options.Types[plan.Label] == DataKind.String
            ? $"data = mlContext.Data.FilterByCustomPredicate(data, (Labelled row) => string.IsNullOrEmpty(row.Label){MissingWords(plan)});\n"
            : $"data = mlContext.Data.FilterRowsByMissingValues(data, {Literal(plan.Label)});\n";
    }

    private static string MissingWords(TrainingPlan plan) =>
        plan.Labels.MissingWords.Count == 0 ? "" : $" || row.Label is {string.Join(" or ", plan.Labels.MissingWords.Select(Literal))}";

    private static string Labelled(TrainingPlan plan) => plan.Labels.Unlabelled == 0 || plan.Options.Types[plan.Label] != DataKind.String ? "" : $$"""

        class Labelled
        {
            [ColumnName({{Literal(plan.Label)}})]
            public string? Label { get; set; }
        }

        """;

    private static string SymbolLiteral(char symbol) => symbol switch { '\t' => "'\\t'", '\'' => "'\\''", '\\' => "'\\\\'", _ => $"'{symbol}'" };

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (char symbol in text)
        {
            if (symbol is '"' or '\\') literal.Append('\\').Append(symbol);
            else if (char.IsControl(symbol)) literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)symbol:x4}");
            else literal.Append(symbol);
        }
        return literal.Append('"').ToString();
    }
}
