using Microsoft.ML.Runtime;

namespace Microsoft.ML;

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
