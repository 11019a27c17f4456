namespace MLNet.Embeddings;

/// <summary>What metrics say, in plain words.</summary>
internal static class MetricMeanings
{
    internal const string
        Accuracy = "share of rows that are predicted right",
        MacroAccuracy = "mean over the classes of the share of their rows that are predicted right",
        RocArea = "how often a positive row is scored above a negative one; 0.5 is chance",
        PrecisionRecallArea = "mean precision over all recalls; chance is the share of positive rows",
        Precision = "share of positive predictions that are right",
        Recall = "share of positive rows that are found",
        F1 = "harmonic mean of precision and recall",
        LogLoss = "how far the probabilities are from the truth, mean over the rows",
        AbsoluteError = "mean distance of the prediction from the truth, in the label's unit",
        SquaredError = "the same, where large errors count more",
        Determination = "share of the label's variance that is explained; 0 is the mean, 1 is perfect",
        MicroF1 = "agreement of the predicted sets with the right ones, over all labels of all rows",
        ExactSet = "share of rows whose whole set is right",
        ExactSequence = "share of rows whose whole output is right",
        TokenAccuracy = "share of places that hold the right token",
        TokenErrorRate = "edits per token of the target",
        Bleu = "agreement of runs of up to four tokens, from 0 to 1",
        Perplexity = "number of equally likely tokens that the model chooses from at each place";
}
