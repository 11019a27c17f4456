using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Passes over the rows of workers, which run side by side.</summary>
/// <param name="workers">The workers.</param>
/// <param name="schema">A view of no rows of their schema.</param>
/// <param name="cancellation">Ends a pass.</param>
internal sealed class ShardPasses(ShardWorkers workers, IDataView schema, CancellationToken cancellation) : FitPasses
{
    internal override ViewFacts Facts(IReadOnlyList<string> given, IReadOnlyList<string> left, RowPass pass)
    {
        byte[] message = Message.Of(writer =>
        {
            writer.WriteTexts(given);
            writer.WriteTexts(left);
        });
        return Merge(WorkerCall.Profile, message, pass, ViewFacts.Begin(schema.Schema, given, left));
    }

    internal override TermCounts Count(TermRequest request, RowPass pass) =>
        Merge(WorkerCall.CountTerms, Message.Of(writer => writer.Write(request.Write())), pass, new TermCounts());

    internal override DateStatistics Dates(string column, RowPass pass) =>
        Merge(WorkerCall.FindDates, Message.Of(writer => writer.Write(column)), pass, new DateStatistics(schema.Schema[column]));

    private T Merge<T>(WorkerCall call, byte[] message, RowPass pass, T empty) where T : IMergeable
    {
        foreach (byte[] answer in workers.AskAll(call, message, pass, cancellation)) empty.Merge(Message.Reader(answer));
        return empty;
    }
}
