using Microsoft.ML;

namespace MLNet.Embeddings.Tests;

/// <summary>What every estimator and its transformer must be able to do, whatever they compute.</summary>
internal static class EstimatorWorkout
{
    /// <summary>Fits the estimator and puts it, its transformer and the transformer loaded from a file through everything that ML.NET asks for.</summary>
    /// <param name="estimator">The estimator; fitting it twice must give the same.</param>
    /// <param name="data">Data to fit on and to transform; at most 1,000 rows.</param>
    /// <param name="refused">Data that lacks a column, or has one of a wrong type.</param>
    internal static TTransformer Run<TTransformer>(IEstimator<TTransformer> estimator, IDataView data, params IDataView[] refused)
        where TTransformer : class, ITransformer
    {
        var transformer = estimator.Fit(data);
        var loaded = SaveAndLoad(transformer, data.Schema);
        var expected = Rows.Of(transformer.Transform(data));

        Assert.IsTrue(transformer.IsRowToRowMapper);
        Assert.IsInstanceOfType<TTransformer>(loaded);
        CollectionAssert.AreEqual(Shapes.Of(estimator, data.Schema), Shapes.Of(transformer.GetOutputSchema(data.Schema)), "promised and delivered schema");
        CollectionAssert.AreEqual(Shapes.Of(transformer.GetOutputSchema(data.Schema)), Shapes.Of(loaded.GetOutputSchema(data.Schema)), "schema after loading");
        CollectionAssert.AreEqual(expected, Rows.Of(loaded.Transform(data)), "rows after loading");
        CollectionAssert.AreEqual(expected, Rows.Of(estimator.Fit(data).Transform(data)), "rows after fitting again");
        CollectionAssert.AreEqual(expected, Rows.Of(SaveAndLoadBinary(transformer.Transform(data))), "rows of a binary file");
        CheckCursors(transformer.Transform(new MLContext().Data.Cache(data)));
        CheckMapper(transformer, data, expected);
        foreach (var view in refused) CheckRefusal(estimator, [transformer, loaded], view);
        return transformer;
    }

    /// <summary>The transformer as a new context reads it from a model file.</summary>
    internal static ITransformer SaveAndLoad(ITransformer transformer, DataViewSchema schema)
    {
        using var file = new MemoryStream();
        new MLContext().Model.Save(transformer, schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        return loaded is Microsoft.ML.Data.TransformerChain<ITransformer> chain && chain.Count() == 1 ? chain.Single() : loaded;
    }

    internal static IDataView Without(IDataView data, string column) => new MLContext().Transforms.DropColumns(column).Fit(data).Transform(data);

    private static IDataView SaveAndLoadBinary(IDataView view)
    {
        var context = new MLContext();
        using var file = new MemoryStream();
        context.Data.SaveAsBinary(view, file, keepHidden: false);
        return context.Data.LoadFromBinary(new BytesSource(file.ToArray()));
    }

    private static void CheckCursors(IDataView view)
    {
        var byId = Rows.ById(view.GetRowCursor(view.Schema));
        var shuffled = Rows.ById(view.GetRowCursor(view.Schema, new Random(1)));
        var parallel = view.GetRowCursorSet(view.Schema, 4).AsParallel().SelectMany(cursor => Rows.ById(cursor)).ToArray();
        CollectionAssert.AreEquivalent(byId, shuffled, "rows of a shuffled cursor");
        CollectionAssert.AreEquivalent(byId, parallel, "rows of parallel cursors");
    }

    private static void CheckMapper(ITransformer transformer, IDataView data, string[] expected)
    {
        var mapper = transformer.GetRowToRowMapper(data.Schema);
        var needed = mapper.GetDependencies(mapper.OutputSchema).ToArray();
        using var cursor = data.GetRowCursor(needed);
        using var row = mapper.GetRow(cursor, mapper.OutputSchema);
        var read = Rows.Reader(row);
        foreach (string values in expected)
        {
            Assert.IsTrue(cursor.MoveNext());
            Assert.AreEqual(values, read(), "row of the mapper");
        }
    }

    private static void CheckRefusal<TTransformer>(IEstimator<TTransformer> estimator, ITransformer[] transformers, IDataView view)
        where TTransformer : class, ITransformer
    {
        var errors = new List<ArgumentOutOfRangeException>
        {
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Shapes.Of(estimator, view.Schema)),
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(view)),
        };
        foreach (var transformer in transformers)
        {
            errors.Add(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => transformer.GetOutputSchema(view.Schema)));
            errors.Add(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => transformer.Transform(view)));
            errors.Add(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => transformer.GetRowToRowMapper(view.Schema)));
        }
        foreach (var error in errors) Assert.AreEqual("inputSchema", error.ParamName);
    }
}
