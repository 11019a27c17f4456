using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class PipelineStepExtensionsTests
{
    private readonly MLContext _mlContext = new(1);

    [TestMethod]
    public void FindStep_WithinChainsOfALoadedPipeline_IsFound()
    {
        var rows = TrainingRow.View(TrainingRow.Random(50, seed: 1));
        var trained = Trainers.Of(Trainers.Options with { MaxEpochs = 1 }).Fit(rows);
        var chain = new TransformerChain<ITransformer>(
            new TransformerChain<ITransformer>(Copy("First").Fit(rows), trained), Copy("Second").Fit(trained.Transform(rows)));

        var loaded = EstimatorWorkout.SaveAndLoad(chain, rows.Schema);

        Assert.HasCount(1, loaded.FindStep<MultiEmbeddingTransformer>().History.Epochs);
        Assert.AreSame(trained, chain.FindStep<MultiEmbeddingTransformer>());
        Assert.AreSame(trained, trained.FindStep<MultiEmbeddingTransformer>());
        Assert.AreSame(trained, chain.ForScoring().FindStep<MultiEmbeddingTransformer>());
        Assert.AreSame(((IEnumerable<ITransformer>)chain).Last(), chain.FindStep<ColumnCopyingTransformer>());
    }

    [TestMethod]
    public void FindStep_NotThere_NamesTheStepsThatAre()
    {
        var model = new TransformerChain<ITransformer>(Copy("Copied").Fit(TrainingRow.View(TrainingRow.Random(5, seed: 1))));

        var exception = Assert.ThrowsExactly<ArgumentException>(() => model.FindStep<MultiEmbeddingTransformer>());

        StringAssert.StartsWith(
            exception.Message, "The model has no step of type MultiEmbeddingTransformer. Ask for one that it has: ColumnCopyingTransformer.");
    }

    private ColumnCopyingEstimator Copy(string output) => _mlContext.Transforms.CopyColumns(output, "Number");
}
