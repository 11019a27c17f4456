using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>The JavaScript of the page about ONNX, in Node.js with ONNX Runtime's build for browsers.</summary>
[TestClass]
public sealed class JavaScriptTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true,
        Converters = { new MissingNumberConverter() },
    };

    [TestMethod]
    public void Page_OnTextsOfAllKinds_ScoresAsTheModel()
    {
        var context = new MLContext(1);
        var model = OnnxReview.Train(context);
        using var folder = new TemporaryFolder();
        context.Model.SaveOnnx(model, OnnxReview.View(context).Schema, Path.Combine(folder.Path, "model.onnx"));
        string script = new Document("docs/onnx.md").Blocks.First(block => block.Language == "js").Code;
        folder.Write("score.mjs", script);
        folder.Write("rows.json", JsonSerializer.Serialize(OnnxReview.All, Json));
        folder.Write("all.mjs", """
            import { readFile } from 'node:fs/promises';
            import { score } from './score.mjs';
            console.log(JSON.stringify(await score(JSON.parse(await readFile('rows.json', 'utf8')))));
            """);
        Install(folder.Path, "onnxruntime-web@1.30.0");

        var run = ChildProcess.RunIn(folder.Path, "node", "all.mjs");

        Assert.AreEqual(0, run.ExitCode, run.Errors);
        var scores = JsonSerializer.Deserialize<Scored[]>(run.Output, Json)!;
        Assert.HasCount(OnnxReview.All.Length, scores);
        foreach (var (index, (probability, name)) in OnnxReview.Scores(model).Index())
        {
            Assert.AreEqual(probability, scores[index].Probability, 1e-5f, $"Row {index}");
            Assert.AreEqual(name, scores[index].PredictedLabel, $"Row {index}");
        }
    }

    private static void Install(string folder, string package)
    {
        File.WriteAllText(Path.Combine(folder, "package.json"), "{}");
        try
        {
            var npm = ChildProcess.RunIn(folder, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", package);
            if (npm.ExitCode != 0) Assert.Inconclusive($"npm cannot install {package}: {npm.Errors}");
        }
        catch (Win32Exception missing)
        {
            Assert.Inconclusive($"There is no Node.js with npm here: {missing.Message}");
        }
    }

    private sealed record Scored(string PredictedLabel, float Probability);

    /// <summary>Writes a missing number as null.</summary>
    private sealed class MissingNumberConverter : JsonConverter<float>
    {
        public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetSingle();

        public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
        {
            if (float.IsNaN(value)) writer.WriteNullValue();
            else writer.WriteNumberValue(value);
        }
    }
}
