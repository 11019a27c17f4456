namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ValidationFoldsTests
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

    /// <summary>Shares of 0.5 a class add up: floor(0.1 n + 0.5) of the first n rows are held out, so one of classes 0, 2, 4, ...</summary>
    [TestMethod]
    public void Stratified_ManySmallClasses_CarriesTheRemainderOn()
    {
        float[] groups = [.. Enumerable.Range(0, 1500).Select(row => (float)(row % 300))]; // 300 classes of 5 rows

        var split = Split(groups, 0.1);

        Assert.HasCount(150, split.Validation);
        CollectionAssert.AreEqual(
            Enumerable.Range(0, 150).Select(i => 2f * i).ToArray(), split.Validation.Select(row => groups[row]).Order().ToArray());
    }

    /// <summary>Sizes 3, 4, 1, 2 and a fifth: floor(0.6 + 0.5) = 1, floor(1.4 + 0.5) - 1 = 0, the single row is passed over, floor(1.8 + 0.5) - 1.</summary>
    [TestMethod]
    public void Stratified_ClassesOfOtherSizes_HoldsOutByTheRunningSum()
    {
        float[] groups = [0, 1, 3, 1, 0, 2, 1, 3, 0, 1];

        var split = Split(groups, 0.2);

        CollectionAssert.AreEqual(new[] { 0f, 3f }, split.Validation.Select(row => groups[row]).Order().ToArray());
    }

    /// <summary>In order of class: rows of class 0 to folds 0 1 2, of class 1 to 0 1 2 0, of class 3 to 1 2; the row of class 2 to none.</summary>
    [TestMethod]
    public void Deal_ClassesOfOtherSizes_SpreadsEachAndAllToWithinARow()
    {
        float[] groups = [0, 1, 3, 1, 0, 2, 1, 3, 0, 1], weights = [.. groups.Select(_ => 1f)];

        int[] folds = ValidationFolds.Deal(groups, weights, 3, new SplitMix(1));

        int[] Of(float group) => [.. folds.Where((_, row) => groups[row] == group).Order()];
        CollectionAssert.AreEqual(new[] { 0, 1, 2 }, Of(0));
        CollectionAssert.AreEqual(new[] { 0, 0, 1, 2 }, Of(1));
        CollectionAssert.AreEqual(new[] { ValidationFolds.None }, Of(2));
        CollectionAssert.AreEqual(new[] { 1, 2 }, Of(3));
        CollectionAssert.AreEqual(folds, ValidationFolds.Deal(groups, weights, 3, new SplitMix(1)));
    }

    [TestMethod]
    public void Deal_NoGroups_IsRandomAndLeavesRowsOfWeightZeroOut()
    {
        float[] groups = new float[100], weights = [.. Enumerable.Range(0, 100).Select(row => row < 10 ? 0f : 1f)];

        int[] folds = ValidationFolds.Deal(groups, weights, 5, new SplitMix(1));

        Assert.IsTrue(folds.Take(10).All(fold => fold == ValidationFolds.None));
        for (int fold = 0; fold < 5; fold++) Assert.AreEqual(18, folds.Count(one => one == fold));
        CollectionAssert.AreNotEqual(folds, ValidationFolds.Deal(groups, weights, 5, new SplitMix(2)));
    }

    private static ValidationSplit Split(float[] groups, double fraction, int seed = 1)
    {
        float[] weights = new float[groups.Length];
        Array.Fill(weights, 1f);
        return ValidationSplit.Stratified(groups, weights, fraction, new SplitMix((ulong)seed));
    }
}
