using Microsoft.Extensions.AI;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class EmbeddingGeneratorTests
{
    private static readonly Lazy<ITransformer> Model = new(() => CityRow.Fit(CityRow.Options with { MaxEpochs = 1 }, CityRow.Random(50)));

    [TestMethod]
    public async Task GenerateAsync_ManyThreads_GivesTheFeaturesOfTheColumn()
    {
        string?[] texts = [.. CityRow.Random(300).Select(row => row.Text), "", null];
        var view = CityRow.View([.. texts.Select(text => new CityRow { Text = text })]);
        float[][] expected = [.. Model.Value.Features("Vector", "Text").Transform(view).GetColumn<float[]>("Vector")];
        using var generator = Model.Value.AsEmbeddingGenerator("Text", "cities");

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => generator.GenerateAsync(texts!)));

        foreach (var embeddings in all)
        {
            Assert.HasCount(expected.Length, embeddings);
            for (int i = 0; i < expected.Length; i++) CollectionAssert.AreEqual(expected[i], embeddings[i].Vector.ToArray());
        }
        Assert.AreEqual("cities", all[0][0].ModelId);
        CollectionAssert.AreEqual(expected[4], (await generator.GenerateVectorAsync(texts[4]!)).ToArray());
    }

    [TestMethod]
    public void GetService_Metadata_NamesModelAndDimensions()
    {
        using var generator = Model.Value.AsEmbeddingGenerator("Text");

        var metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;

        Assert.AreEqual(("MLNet.Embeddings", "Text", 8), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.AreSame(generator, generator.GetService<IEmbeddingGenerator<string, Embedding<float>>>());
        Assert.IsNull(generator.GetService<IEmbeddingGenerator<string, Embedding<double>>>());
    }

    [TestMethod]
    public async Task GenerateAsync_OtherDimensionsOrCancelled_Throws()
    {
        using var generator = Model.Value.AsEmbeddingGenerator("Text");

        var error = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 99 }));

        StringAssert.StartsWith(error.Message, "The options ask for 99 dimensions; the column makes 8.");
        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateAsync(["a"], cancellationToken: new CancellationToken(canceled: true)));
    }

    [TestMethod]
    public void AsEmbeddingGenerator_ColumnThatIsNoText_IsRefused()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Model.Value.AsEmbeddingGenerator("Age")).Message, "'Age'");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => Model.Value.AsEmbeddingGenerator("Body")).Message, "no column 'Body'");
    }
}
