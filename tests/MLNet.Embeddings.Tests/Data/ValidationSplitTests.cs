namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ValidationSplitTests
{
    /// <summary>100 rows: 80 of class 0 and 20 of class 1, mixed.</summary>
    private static readonly float[] Groups = [.. Enumerable.Range(0, 100).Select(row => row % 5 == 3 ? 1f : 0f)];

    [TestMethod]
    public void Stratified_TwoClasses_HoldsOutTheShareOfEach()
    {
        var split = Split(Groups, 0.1);

        Assert.AreEqual(8, split.Validation.Count(row => Groups[row] == 0));
        Assert.AreEqual(2, split.Validation.Count(row => Groups[row] == 1));
        CollectionAssert.AreEqual(Enumerable.Range(0, 100).ToArray(), split.Training.Concat(split.Validation).Order().ToArray());
    }

    [TestMethod]
    public void Stratified_OneSeed_IsTheSameSplit()
    {
        CollectionAssert.AreEqual(Split(Groups, 0.1).Validation, Split(Groups, 0.1).Validation);
        CollectionAssert.AreNotEqual(Split(Groups, 0.1).Validation, Split(Groups, 0.1, seed: 2).Validation);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(0.5)]
    [DataRow(0.999)]
    public void Stratified_GroupOfOneRow_IsTrainedOn(double fraction)
    {
        var split = Split([0, 0, 0, 0, 7], fraction);

        Assert.Contains(4, split.Training);
    }

    [TestMethod]
    [DataRow(0, 0)]
    [DataRow(0.001, 0)]
    [DataRow(0.999, 98)]
    public void Stratified_ExtremeFraction_LeavesARowOfEachClassToTrainOn(double fraction, int held)
    {
        var split = Split(Groups, fraction);

        Assert.HasCount(held, split.Validation);
        Assert.IsTrue(split.Training.Any(row => Groups[row] == 0) && split.Training.Any(row => Groups[row] == 1));
    }

    [TestMethod]
    public void Stratified_RowsOfWeightZero_AreNotHeldOut()
    {
        float[] weights = [.. Enumerable.Range(0, 100).Select(row => row < 90 ? 0f : 1f)];

        var split = ValidationSplit.Stratified(Groups, weights, 0.5, new SplitMix(1));

        Assert.HasCount(5, split.Validation);
        Assert.IsTrue(split.Validation.All(row => row >= 90));
        Assert.HasCount(95, split.Training);
    }

    private static ValidationSplit Split(float[] groups, double fraction, int seed = 1)
    {
        float[] weights = new float[groups.Length];
        Array.Fill(weights, 1f);
        return ValidationSplit.Stratified(groups, weights, fraction, new SplitMix((ulong)seed));
    }
}
