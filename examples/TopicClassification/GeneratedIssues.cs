using Examples;

namespace TopicClassification;

/// <summary>Makes issues up, the same ones each time: what they speak of tells mostly, not always, their area.</summary>
internal static class GeneratedIssues
{
    private static readonly string[] Problems =
    [
        "* fails on Linux", "* throws an exception", "* is slow", "* hangs", "Wrong result of *", "* leaks memory", "Add an option for *", "Documentation of *",
        "* behaves unlike before", "* should be asynchronous", "Crash with *", "Proposal: simplify *",
    ];

    private static readonly string[] Sentences =
    [
        "I call * twice and the second call fails.", "The exception says nothing of *.", "It worked before we changed *.", "* is null where it should not be.",
        "A workaround is to leave * out.", "The same happens with * on macOS.", "We use * in a service that runs for days.", "Should * be disposed first?",
    ];

    private static readonly string[] Plain =
    [
        "Steps to reproduce are below.", "This is a regression.", "I can send a pull request.", "Expected: no exception.", "See the stack trace.",
        "Version 3.1 of the runtime.", "It happens about once a day.", "The documentation is silent about it.", "A unit test shows it.",
    ];

    /// <summary>Rows without an end.</summary>
    internal static IEnumerable<Issue> All()
    {
        var random = new Random(20_260);
        while (true) yield return Draw(random);
    }

    private static Issue Draw(Random random)
    {
        var area = random.One(Area.ByShare);
        return new Issue
        {
            Area = area.Name,
            Title = Phrase(random, Problems, area),
            Description = random.Chance(0.04) ? null : Description(random, area),
        };
    }

    private static string Description(Random random, Area area) =>
        string.Join(' ', Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.Chance(0.5) ? random.One(Plain) : Phrase(random, Sentences, area)));

    /// <summary>A phrase about the area, or now and then about another one.</summary>
    private static string Phrase(Random random, string[] phrases, Area area)
    {
        string[] things = random.Chance(0.3) ? random.One(Area.ByShare).Things : area.Things;
        string phrase = random.One(phrases).Replace("*", random.One(things), StringComparison.Ordinal);
        return $"{char.ToUpperInvariant(phrase[0])}{phrase[1..]}";
    }
}
