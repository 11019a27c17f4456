using System.Runtime.CompilerServices;
using Microsoft.ML.Runtime;
using MLNet.Embeddings;

namespace Microsoft.ML;

/// <summary>Methods of <see cref="MLContext"/>'s trainer catalogs that make multi-embedding trainers.</summary>
public static class MultiEmbeddingCatalog
{
    /// <summary>A trainer of a network that learns an embedding per column and predicts one of two classes, with settings that follow the data.</summary>
    /// <param name="catalog">The catalog of binary trainers.</param>
    /// <param name="labelColumnName">Name of the column to predict.</param>
    /// <param name="columns">
    /// The columns to read, such as <c>InputColumn.Text("Title")</c>, <c>InputColumn.Category("City")</c> or <c>InputColumn.Number("Area")</c>; none for every
    /// column of the data but the label and ids, each by its type and values.
    /// </param>
    /// <example><code>
    /// var trainer = mlContext.BinaryClassification.Trainers.MultiEmbedding("Recommended", InputColumn.Text("Body"), InputColumn.Number("Age"));
    /// var byAllColumns = mlContext.BinaryClassification.Trainers.MultiEmbedding("Recommended");
    /// </code></example>
    /// <exception cref="ArgumentException">A column cannot be used; the message has a line for each fault.</exception>
    public static MultiEmbeddingTrainer MultiEmbedding(
        this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, string labelColumnName, params InputColumn[] columns) =>
        MultiEmbedding(catalog, new MultiEmbeddingOptions { LabelColumnName = labelColumnName, Columns = columns });

    /// <summary>A trainer of a network that learns an embedding per column and predicts one of two classes.</summary>
    /// <param name="catalog">The catalog of binary trainers.</param>
    /// <param name="options">The columns to read, and how to train.</param>
    /// <example><code>
    /// var options = new MultiEmbeddingOptions { LabelColumnName = "Recommended", Effort = TrainingEffort.Quick };
    /// var trainer = mlContext.BinaryClassification.Trainers.MultiEmbedding(options);
    /// </code></example>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    [OverloadResolutionPriority(1)] // so that new() means options
    public static MultiEmbeddingTrainer MultiEmbedding(this BinaryClassificationCatalog.BinaryClassificationTrainers catalog, MultiEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new MultiEmbeddingTrainer(ClosedSide.EnvironmentOf(catalog), options, given => given.OneLabel(LabelColumn.Binary));
    }

    /// <summary>A trainer of a network that learns an embedding per column and predicts one of many classes, with settings that follow the data.</summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="labelColumnName">Name of the column to predict.</param>
    /// <param name="columns">
    /// The columns to read, such as <c>InputColumn.Text("Title")</c>, <c>InputColumn.Category("City")</c> or <c>InputColumn.Number("Area")</c>; none for every
    /// column of the data but the label and ids, each by its type and values.
    /// </param>
    /// <example><code>
    /// var trainer = mlContext.MulticlassClassification.Trainers.MultiEmbedding("Topic", InputColumn.Text("Title"), InputColumn.Category("Source"));
    /// var byAllColumns = mlContext.MulticlassClassification.Trainers.MultiEmbedding("Topic");
    /// </code></example>
    /// <exception cref="ArgumentException">A column cannot be used; the message has a line for each fault.</exception>
    public static MultiEmbeddingTrainer MultiEmbedding(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, string labelColumnName, params InputColumn[] columns) =>
        MultiEmbedding(catalog, new MultiEmbeddingOptions { LabelColumnName = labelColumnName, Columns = columns });

    /// <summary>A trainer of a network that learns an embedding per column and predicts one of many classes.</summary>
    /// <param name="catalog">The catalog of multiclass trainers.</param>
    /// <param name="options">The columns to read, and how to train.</param>
    /// <example><code>
    /// var options = new MultiEmbeddingOptions { LabelColumnName = "Topic", Effort = TrainingEffort.Quick };
    /// var trainer = mlContext.MulticlassClassification.Trainers.MultiEmbedding(options);
    /// </code></example>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    [OverloadResolutionPriority(1)] // so that new() means options
    public static MultiEmbeddingTrainer MultiEmbedding(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers catalog, MultiEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new MultiEmbeddingTrainer(ClosedSide.EnvironmentOf(catalog), options, given => given.OneLabel(LabelColumn.Multiclass));
    }

    /// <summary>A trainer of a network that learns an embedding per column and predicts a number, with settings that follow the data.</summary>
    /// <param name="catalog">The catalog of regression trainers.</param>
    /// <param name="labelColumnName">Name of the column to predict.</param>
    /// <param name="columns">
    /// The columns to read, such as <c>InputColumn.Text("Title")</c>, <c>InputColumn.Category("City")</c> or <c>InputColumn.Number("Area")</c>; none for every
    /// column of the data but the label and ids, each by its type and values.
    /// </param>
    /// <example><code>
    /// var trainer = mlContext.Regression.Trainers.MultiEmbedding("Price", InputColumn.Category("City"), InputColumn.Number("Area"));
    /// var byAllColumns = mlContext.Regression.Trainers.MultiEmbedding("Price");
    /// </code></example>
    /// <exception cref="ArgumentException">A column cannot be used; the message has a line for each fault.</exception>
    public static MultiEmbeddingTrainer MultiEmbedding(
        this RegressionCatalog.RegressionTrainers catalog, string labelColumnName, params InputColumn[] columns) =>
        MultiEmbedding(catalog, new MultiEmbeddingOptions { LabelColumnName = labelColumnName, Columns = columns });

    /// <summary>A trainer of a network that learns an embedding per column and predicts a number.</summary>
    /// <param name="catalog">The catalog of regression trainers.</param>
    /// <param name="options">The columns to read, and how to train.</param>
    /// <example><code>
    /// var options = new MultiEmbeddingOptions { LabelColumnName = "Price", Effort = TrainingEffort.Quick };
    /// var trainer = mlContext.Regression.Trainers.MultiEmbedding(options);
    /// </code></example>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    [OverloadResolutionPriority(1)] // so that new() means options
    public static MultiEmbeddingTrainer MultiEmbedding(this RegressionCatalog.RegressionTrainers catalog, MultiEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new MultiEmbeddingTrainer(ClosedSide.EnvironmentOf(catalog), options, given => given.OneLabel(LabelColumn.Regression));
    }

    /// <summary>A trainer of a network that learns an embedding per column and predicts several labels, each by its own task.</summary>
    /// <param name="catalog">The catalog of trainers of several labels.</param>
    /// <param name="options">The columns to read, the <see cref="MultiEmbeddingOptions.Labels"/> to predict, and how to train.</param>
    /// <example><code>
    /// var trainer = mlContext.MultiOutput().Trainers.MultiEmbedding(new MultiEmbeddingOptions
    /// {
    ///     Labels = [LabelColumn.Binary("Recommended"), LabelColumn.Regression("Rating")],
    ///     Columns = [InputColumn.Text("Body"), InputColumn.Number("Age")],
    /// });
    /// </code></example>
    /// <exception cref="ArgumentException">Settings are out of range; the message has a line for each.</exception>
    /// <remarks>
    /// Each label has score columns of its own, such as "Rating.Score". An evaluator is told their names:
    /// <c>mlContext.Regression.Evaluate(scored, "Rating", "Rating.Score")</c>. A row may lack some of its labels.
    /// </remarks>
    public static MultiEmbeddingTrainer MultiEmbedding(this MultiOutputCatalog.MultiOutputTrainers catalog, MultiEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return new MultiEmbeddingTrainer(catalog.Environment, options, given => given.AllLabels(), namesLabels: true);
    }

    /// <summary>What trains models of several labels at once.</summary>
    /// <param name="mlContext">The context.</param>
    public static MultiOutputCatalog MultiOutput(this MLContext mlContext)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        return new MultiOutputCatalog(mlContext);
    }
}

/// <summary>What trains models of several labels at once; made by <see cref="MultiEmbeddingCatalog.MultiOutput"/>.</summary>
public sealed class MultiOutputCatalog
{
    internal MultiOutputCatalog(IHostEnvironment environment) => Trainers = new MultiOutputTrainers(environment);

    /// <summary>The trainers.</summary>
    public MultiOutputTrainers Trainers { get; }

    /// <summary>Trainers of models of several labels.</summary>
    public sealed class MultiOutputTrainers
    {
        internal MultiOutputTrainers(IHostEnvironment environment) => Environment = environment;

        internal IHostEnvironment Environment { get; }
    }
}
