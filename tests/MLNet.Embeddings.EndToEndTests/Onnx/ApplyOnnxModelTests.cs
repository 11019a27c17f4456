using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

/// <summary>Files that are read by ML.NET itself.</summary>
[TestClass]
public sealed class ApplyOnnxModelTests
{
    [TestMethod]
    public void Explore()
    {
        var context = new MLContext(1);
        var model = OnnxReview.Train(context);
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "model.onnx");
        context.Model.SaveOnnx(model, OnnxReview.View(context).Schema, file);
        var wanted = OnnxReview.Scores(model);
        Try("plain", null);
        Try("shape 1,1", new Dictionary<string, int[]> { ["Body"] = [1, 1], ["Department"] = [1, 1], ["Age"] = [1, 1] });
        Try("shape -1,1", new Dictionary<string, int[]> { ["Body"] = [-1, 1], ["Department"] = [-1, 1], ["Age"] = [-1, 1] });

        void Try(string name, Dictionary<string, int[]>? shapes)
        {
            try
            {
                string[] outputs = ["PredictedLabel", "Score", "Probability"], inputs = ["Body", "Department", "Age"];
                var estimator = shapes is null ? context.Transforms.ApplyOnnxModel(outputs, inputs, file) : context.Transforms.ApplyOnnxModel(outputs, inputs, file, shapes, recursionLimit: 100);
                var onnx = estimator.Fit(OnnxReview.View(context)).Transform(OnnxReview.View(context));
                Console.WriteLine($"{name}: {string.Join(", ", onnx.Schema.Select(c => $"{c.Name} {c.Type}"))}");
                var p = onnx.GetColumn<float[]>("Probability").ToArray();
                Console.WriteLine($"{name}: {p.Length} {p[0].Length} {p.Zip(wanted, (a, b) => Math.Abs(a[0] - b.Probability)).Max()}");
                var l = onnx.GetColumn<VBuffer<ReadOnlyMemory<char>>>("PredictedLabel").Select(v => v.GetValues()[0].ToString()).ToArray();
                Console.WriteLine($"{name}: {string.Join(' ', l)} {l.SequenceEqual(wanted.Select(w => w.Class))}");
            }
            catch (Exception error) { Console.WriteLine($"{name}: {error}"); }
        }
    }
}
