namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class DropoutMaskTests
{
    private const int Count = 100_000;

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    [DataRow(0.9)]
    public void Apply_ManyValues_DropsTheShareScalesTheRestAndKeepsTheMean(double share)
    {
        var mask = new DropoutMask(share);

        float[] values = Masked(mask, key: 1);

        float kept = (float)(1 / (1 - share));
        Assert.IsTrue(values.All(value => value == 0 || value == kept));
        // The deviation of the share is at most 0.0016, that of the mean 0.0095 for 0.9.
        Assert.AreEqual(share, values.Count(value => value == 0) / (double)Count, 0.008);
        Assert.AreEqual(1, values.Average(value => (double)value), 0.05);
        Assert.AreEqual(1, mask.KeptShare * kept, 1e-6);
        Assert.IsFalse(mask.IsEmpty);
    }

    [TestMethod]
    public void Apply_NoShare_ChangesNothing()
    {
        float[] values = [1, -2, 0, float.NaN];

        new DropoutMask(share: 0).Apply(values, first: 0, key: 1);

        CollectionAssert.AreEqual(new[] { 1, -2, 0, float.NaN }, values);
        Assert.IsTrue(new DropoutMask(share: 0).IsEmpty);
    }

    [TestMethod]
    public void Apply_InPiecesOfAnyLengthAndAlignment_DropsTheSame()
    {
        var mask = new DropoutMask(0.4);
        float[] whole = Masked(mask, key: 0x1234_5678_9ABC_DEF0)[..1_000];

        foreach (int longest in new[] { 1, 3, 17, 64, 333 })
        {
            var random = new Random(longest);
            float[] pieces = new float[whole.Length + longest];
            int shift = random.Next(longest);
            for (int first = 0, count; first < whole.Length; first += count)
            {
                count = Math.Min(random.Next(1, longest + 1), whole.Length - first);
                var piece = pieces.AsSpan(shift + first, count);
                piece.Fill(1);
                mask.Apply(piece, first, key: 0x1234_5678_9ABC_DEF0);
            }

            CollectionAssert.AreEqual(whole, pieces[shift..(shift + whole.Length)], $"pieces of up to {longest}");
        }
    }

    [TestMethod]
    public void Apply_KeysOfOtherSteps_DropOthers()
    {
        var mask = new DropoutMask(0.5);
        var stream = new SplitMix(7);
        float[] first = Masked(mask, stream.Next());

        for (int step = 1; step < 10; step++)
            Assert.AreEqual(0.5, first.Zip(Masked(mask, stream.Next()), (left, right) => left == right ? 1.0 : 0).Average(), 0.012, $"step {step}");
    }

    [TestMethod]
    public void Apply_Neighbours_AreDroppedIndependently()
    {
        float[] values = Masked(new DropoutMask(0.5), key: 77);

        for (int distance = 1; distance <= 64; distance++)
            Assert.AreEqual(0.5, values.Zip(values.Skip(distance), (left, right) => left == right ? 1.0 : 0).Average(), 0.012, $"{distance} apart");
    }

    [TestMethod]
    public void Apply_AtAPlaceOfANetwork_IsOfThePlaceAndTheStepAndForTrainingAlone()
    {
        var plan = new DropoutPlan(seed: 3, share: 0.5);
        DropoutPlace first = plan.Next(), second = plan.Next(), none = plan.Next(ofPlace: 0);
        float[] Apply(DropoutPlace place, Pass pass)
        {
            float[] values = [.. Enumerable.Repeat(1f, 200)];
            place.Apply(values, first: 0, pass);
            return values;
        }

        float[] forward = Apply(first, Pass.Training(5)), backward = Apply(first, Pass.Training(5));

        CollectionAssert.AreEqual(forward, backward);
        CollectionAssert.AreEqual(forward, Apply(new DropoutPlan(seed: 3, share: 0.5).Next(), Pass.Training(5)));
        CollectionAssert.AreNotEqual(forward, Apply(new DropoutPlan(seed: 4, share: 0.5).Next(), Pass.Training(5)));
        CollectionAssert.AreNotEqual(forward, Apply(first, Pass.Training(6)));
        CollectionAssert.AreNotEqual(forward, Apply(second, Pass.Training(5)));
        CollectionAssert.AreEqual(Enumerable.Repeat(1f, 200).ToArray(), Apply(first, Pass.Scoring));
        CollectionAssert.AreEqual(Enumerable.Repeat(1f, 200).ToArray(), Apply(none, Pass.Training(5)));
        Assert.AreEqual(0.5f, first.KeptShare(Pass.Training(5)));
        Assert.AreEqual(1f, first.KeptShare(Pass.Scoring));
        Assert.IsTrue(none.IsEmpty && !first.IsEmpty);
    }

    private static float[] Masked(DropoutMask mask, ulong key)
    {
        float[] values = new float[Count];
        Array.Fill(values, 1f);
        mask.Apply(values, first: 0, key);
        return values;
    }
}
