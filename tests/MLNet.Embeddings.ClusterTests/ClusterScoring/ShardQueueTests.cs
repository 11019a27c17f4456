using System.Net;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ShardQueueTests
{
    [TestMethod]
    public void Next_GivesEachSiloAsManyAsItHasCores()
    {
        var queue = Create("abcdef", [], Of(1, 2, "abcdef"), Of(2, 1, "abcdef"));

        var taken = Take(queue);

        CollectionAssert.AreEquivalent(new[] { 1, 1, 2 }, taken.Select(one => one.Silo).ToArray());
        Assert.HasCount(3, queue.Waiting);
    }

    [TestMethod]
    public void Next_TakesFirstWhatFewSilosHave()
    {
        var queue = Create("abz", [], Of(1, 1, "abz"), Of(2, 1, "ab"));

        CollectionAssert.AreEquivalent(new[] { (1, "z"), (2, "a") }, Take(queue));
    }

    [TestMethod]
    public void Next_LeavesASiloWhatItHasInHand()
    {
        var queue = Create("abcd", new() { ["a"] = Address(2).ToParsableString(), ["d"] = Address(1).ToParsableString() }, Of(1, 1, "abcd"), Of(2, 1, "abcd"));

        CollectionAssert.AreEquivalent(new[] { (1, "d"), (2, "a") }, Take(queue));
    }

    [TestMethod]
    public void Next_OfWhatALostSiloHadInHand_IsForOthers()
    {
        var queue = Create("a", new() { ["a"] = Address(9).ToParsableString() }, Of(1, 1, "a"));

        CollectionAssert.AreEqual(new[] { (1, "a") }, Take(queue));
    }

    [TestMethod]
    public void PutBack_GivesAShardToOthers_UntilTheSiloIsFoundAgain()
    {
        var (first, second) = (Of(1, 1, "ab"), Of(2, 1, "a"));
        var queue = Create("ab", [], first, second);
        CollectionAssert.AreEquivalent(new[] { (1, "b"), (2, "a") }, Take(queue));

        queue.Free(first);
        queue.PutBack("b", first);
        queue.Free(second);
        Assert.IsEmpty(Take(queue), "only the silo that is lost has it");
        queue.Set([first, second]);

        CollectionAssert.AreEqual(new[] { (1, "b") }, Take(queue));
        Assert.IsEmpty(queue.Waiting);
    }

    private static ShardQueue Create(string names, Dictionary<string, string> inHand, params Node[] nodes)
    {
        var queue = new ShardQueue(names.Select(name => $"{name}"), inHand);
        queue.Set(nodes);
        return queue;
    }

    private static (int Silo, string Name)[] Take(ShardQueue queue)
    {
        List<(int, string)> taken = [];
        while (queue.Next() is { } next) taken.Add((next.Node.Silo.Endpoint.Port, next.Name));
        return [.. taken];
    }

    private static Node Of(int number, int cores, string names) => new(Address(number), cores, names.Select(name => $"{name}").ToHashSet());

    private static SiloAddress Address(int number) => SiloAddress.New(IPAddress.Loopback, number, 1);
}
