using Microsoft.Playwright;

namespace MLNet.Embeddings.Tests;

/// <summary>Reports in a browser.</summary>
[TestClass]
public sealed class ReportBrowserTests
{
    private static readonly string[] Headings =
        ["Summary", "Metrics", "Predictions", "Learning curve", "Column importance", "Embedding maps", "Worst errors", "Data comparison"];

    private static Browser _browser = null!;

    [ClassInitialize]
    public static async Task StartAsync(TestContext _) => _browser = await Browser.StartAsync();

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }

    [TestMethod]
    public async Task Page_Opened_ShowsAllSectionsAndAsksNothingOfTheNetwork()
    {
        var opened = await _browser.OpenAsync(ReportSamples.Binary);

        Assert.AreEqual("Prediction of Recommended", await opened.Page.Locator("h1").InnerTextAsync());
        CollectionAssert.AreEqual(Headings, (await opened.Page.Locator("main h2").AllInnerTextsAsync()).ToArray());
        CollectionAssert.AreEqual(Headings, (await opened.Page.Locator("nav a").AllInnerTextsAsync()).ToArray());
        Assert.HasCount(1, opened.Requests, string.Join('\n', opened.Requests));
        Assert.IsEmpty(opened.Faults, string.Join('\n', opened.Faults));
    }

    [TestMethod]
    [DataRow(nameof(ReportSamples.Binary))]
    [DataRow(nameof(ReportSamples.Multiclass))]
    [DataRow(nameof(ReportSamples.Regression))]
    [DataRow(nameof(ReportSamples.Hostile))]
    public async Task Page_OnAPhone_DoesNotScrollSideways(string sample)
    {
        var opened = await _browser.OpenAsync(FileOf(sample), width: 320);
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");

        Assert.AreEqual(320, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.IsEmpty(opened.Faults, string.Join('\n', opened.Faults));
    }

    [TestMethod]
    public async Task Page_InDarkMode_ChangesPaperAndPictures()
    {
        const string Line = "figure svg [stroke='#0072B2']", Name = "figure svg text";
        var light = await _browser.OpenAsync(ReportSamples.Binary);
        var dark = await _browser.OpenAsync(ReportSamples.Binary, scheme: ColorScheme.Dark);

        Assert.AreEqual("rgb(255, 255, 255)", await light.StyleAsync("body", "backgroundColor"));
        Assert.AreEqual("rgb(20, 23, 27)", await dark.StyleAsync("body", "backgroundColor"));
        Assert.AreEqual("rgb(0, 114, 178)", await light.StyleAsync(Line, "stroke"));
        Assert.AreEqual("rgb(86, 180, 233)", await dark.StyleAsync(Line, "stroke"));
        Assert.AreEqual(await light.StyleAsync("body", "color"), await light.StyleAsync(Name, "fill"));
        Assert.AreEqual(await dark.StyleAsync("body", "color"), await dark.StyleAsync(Name, "fill"));
        // Whatever else is painted in light paper or dark ink would be out of place.
        Assert.AreEqual("", await dark.Page.EvaluateAsync<string>("""
            [...document.querySelectorAll("figure svg *")].map(part => getComputedStyle(part))
              .flatMap(style => [style.fill, style.stroke]).filter(colour => ["rgb(0, 0, 0)", "rgb(255, 255, 255)"].includes(colour)).join()
            """));
    }

    [TestMethod]
    public async Task Search_ByKeyboard_FindsATermAndItsNearest()
    {
        var opened = await _browser.OpenAsync(ReportSamples.Binary);
        var page = opened.Page;
        var output = page.Locator(".map output").First;
        await page.Locator("main").FocusAsync();
        while (await page.EvaluateAsync<string>("document.activeElement.id") != "find-1") await page.Keyboard.PressAsync("Tab");

        await page.Keyboard.TypeAsync("WEAR");
        string first = await output.InnerTextAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        string second = await output.InnerTextAsync();

        Assert.MatchesRegex(@"^(1 of \d+\. )?wear: nearest are \S+", first);
        if (first.StartsWith("1 of", StringComparison.Ordinal)) Assert.StartsWith("2 of", second);
        Assert.AreEqual(1, await page.Locator(".map circle.found").CountAsync());
        await page.Keyboard.TypeAsync("zzz");
        Assert.AreEqual("No term has \"WEARzzz\" in it.", await output.InnerTextAsync());
        Assert.AreEqual(0, await page.Locator(".map circle.found").CountAsync());
    }

    [TestMethod]
    public async Task Point_UnderThePointer_ShowsItsTerm()
    {
        var opened = await _browser.OpenAsync(ReportSamples.Binary);
        var point = opened.Page.Locator(".map circle").First;
        string term = (await point.TextContentAsync())!;

        await point.DispatchEventAsync("pointerenter");

        Assert.StartsWith($"{term}: nearest are ", await opened.Page.Locator(".map output").First.InnerTextAsync());
    }

    [TestMethod]
    public async Task Focus_OnAnything_IsSeen()
    {
        var opened = await _browser.OpenAsync(ReportSamples.Binary);

        await opened.Page.Keyboard.PressAsync("Tab");

        Assert.AreEqual("Skip to the content", await opened.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        Assert.AreEqual("solid", await opened.StyleAsync(".skip", "outlineStyle"));
        Assert.IsGreaterThanOrEqualTo(0, await opened.Page.EvaluateAsync<double>("document.activeElement.getBoundingClientRect().left"));
    }

    [TestMethod]
    public async Task Page_OfHostileData_ShowsItAsText()
    {
        var opened = await _browser.OpenAsync(ReportSamples.Hostile);
        var page = opened.Page;
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");

        Assert.IsEmpty(opened.Faults, string.Join('\n', opened.Faults));
        Assert.IsFalse(await page.EvaluateAsync<bool>("'hacked' in window"));
        Assert.AreEqual(0, await page.Locator("main script, main img, main b, [onload], [onerror]").CountAsync());
        Assert.AreEqual($"Hostile {ReportSamples.Script} {{{{main}}}}", await page.Locator("h1").InnerTextAsync());
        Assert.Contains($"category {ReportSamples.Image}", await page.Locator("dl").InnerTextAsync());
        string worst = await page.Locator(".worst").InnerTextAsync();
        foreach (string text in new[] { "<b>yes</b>", "\" onload='no'", "</td></table><b>bold</b>" }) Assert.Contains(text, worst);
    }

    private static string FileOf(string sample) => sample switch
    {
        nameof(ReportSamples.Binary) => ReportSamples.Binary,
        nameof(ReportSamples.Multiclass) => ReportSamples.Multiclass,
        nameof(ReportSamples.Regression) => ReportSamples.Regression,
        _ => ReportSamples.Hostile,
    };
}
