using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.Embeddings;

/// <summary>The passes by which a fit learns what it has to know of its rows before it reads them, wherever these are.</summary>
internal abstract class FitPasses
{
    /// <summary>Looks at columns.</summary>
    /// <param name="given">The names of the columns; empty for all but those to leave out.</param>
    /// <param name="left">The names of those.</param>
    /// <param name="pass">The pass.</param>
    internal abstract ViewFacts Facts(IReadOnlyList<string> given, IReadOnlyList<string> left, RowPass pass);

    /// <summary>Counts terms.</summary>
    internal abstract TermCounts Count(TermRequest request, RowPass pass);

    /// <summary>Looks at dates.</summary>
    internal abstract DateStatistics Dates(string column, RowPass pass);
}

/// <summary>Passes over a view.</summary>
/// <param name="view">The view.</param>
/// <param name="host">The context, whose cancellation ends a pass as well.</param>
internal sealed class ViewPasses(IDataView view, IHost host) : FitPasses
{
    internal override ViewFacts Facts(IReadOnlyList<string> given, IReadOnlyList<string> left, RowPass pass) =>
        ViewFacts.Of(view, given, left, pass);

    internal override TermCounts Count(TermRequest request, RowPass pass) => TermPass.Run(request, view, pass, host);

    internal override DateStatistics Dates(string column, RowPass pass) => DateStatistics.Of(view, column, pass);
}
