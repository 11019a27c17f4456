namespace ReviewRecommendation;

/// <summary>What generated reviews are made of. A star stands for the product.</summary>
internal static class Phrases
{
    internal static string[] GoodTitles { get; } =
    [
        "Love it", "So flattering", "Perfect fit", "Beautiful *", "My favorite *", "Great quality", "Even better in person", "Soft and comfortable",
        "Gorgeous color", "Worth every penny", "Not disappointed at all", "A lovely *", "Elegant and easy", "Compliments every time",
    ];

    internal static string[] BadTitles { get; } =
    [
        "Disappointed", "Runs small", "Poor quality", "Not flattering", "Going back", "Looks cheap", "Wanted to love it", "Too big everywhere",
        "Not worth the price", "Itchy", "Not the * I expected", "Strange cut", "Fell apart", "Nothing like the picture",
    ];

    internal static string[] PlainTitles { get; } = ["The *", "My thoughts", "A * for summer", "Second review", "About this *", "Just arrived", "Blue *"];

    internal static string[] Praise { get; } =
    [
        "I love this * and wear it all the time.", "The fabric is soft and the quality is excellent.", "It fits perfectly, true to size.",
        "I get compliments every time I wear it.", "The color is gorgeous, even prettier than in the picture.", "So comfortable that I bought a second one.",
        "It is very flattering and hides everything it should.", "Not too tight and not too loose, just right.", "No complaints at all from me.",
        "The cut is elegant and the details are beautiful.", "It washes well and still looks new.", "I could not be happier with this *.",
    ];

    internal static string[] Complaints { get; } =
    [
        "The fabric is thin and looks cheap.", "The color is nothing like the picture.", "I wanted to love this *, but it is not flattering at all.",
        "It fell apart after the first wash.", "The material is itchy and stiff.", "For this price I expected better quality.",
        "I returned it the next day.", "The seams are crooked and a button was missing.", "It makes me look like I am wearing a sack.",
        "I cannot say that I like it.",
    ];

    internal static string[] FitProblems { get; } =
    [
        "It runs small, so I had to send it back.", "The waist is far too tight and the hips are too wide.", "The arm holes are huge.",
        "It is too short for anyone who is tall.", "Way too big, even in the smallest size.", "The zipper would not close over my chest.",
        "The fit is odd: tight above and loose below.", "I ordered my usual size and could not get it on.",
    ];

    internal static string[] Plain { get; } =
    [
        "I bought the * in blue.", "I am five foot four and usually wear a medium.", "I saw this * in the store first.", "I tried it on with sandals.",
        "It arrived within a week.", "The model wears it with a belt.", "I ordered a small and a medium.", "It has pockets and a zipper in the back.",
        "I wore it to the office.", "My sister has the same * in white.", "The hem comes to the knee on me.",
    ];
}
