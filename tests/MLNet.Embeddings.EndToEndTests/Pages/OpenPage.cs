using Microsoft.Playwright;

namespace MLNet.Embeddings.Tests;

/// <summary>A page in a browser, with what it asked of the network and complained of.</summary>
internal sealed class OpenPage
{
    internal OpenPage(IPage page)
    {
        Page = page;
        page.Request += (_, request) => Requests.Add(request.Url);
        page.PageError += (_, error) => Faults.Add(error);
        page.Console += (_, message) => Faults.Add($"{message.Type}: {message.Text}");
        page.Dialog += async (_, dialog) =>
        {
            Faults.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
    }

    internal IPage Page { get; }

    internal List<string> Requests { get; } = [];

    internal List<string> Faults { get; } = [];

    internal Task<string> StyleAsync(string selector, string property) => Page.EvaluateAsync<string>(
        "([selector, property]) => getComputedStyle(document.querySelector(selector))[property]", new[] { selector, property });
}
