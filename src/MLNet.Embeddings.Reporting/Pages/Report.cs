using System.Globalization;
using System.Reflection;
using System.Xml.Linq;
using Microsoft.ML;

namespace MLNet.Embeddings;

/// <summary>Makes the page of a report.</summary>
internal static class Report
{
    /// <exception cref="ArgumentException">The data or the model cannot be reported on.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal static string Page(ITransformer model, IDataView data, ReportOptions options)
    {
        var meter = new ReportMeter(options);
        meter.Begin("Scoring the test rows", 0.15);
        var subject = new ReportSubject(model, data, options);
        List<Section> sections = [Section.Of("summary", "Summary", () => SummarySection.Of(subject))];

        void Add(string doing, double part, string id, string heading, Func<IReadOnlyList<object?>> make)
        {
            meter.Begin(doing, part);
            sections.Add(Section.Of(id, heading, make));
        }

        Add("Measuring the model and its baseline", 0.1, "metrics", "Metrics", () => MetricsSection.Of(subject));
        Add("Drawing the errors", 0.1, "predictions", "Predictions", () => PicturesSection.Of(subject));
        Add("Drawing the learning curve", 0.02, "curve", "Learning curve", () => CurveSection.Of(subject));
        Add("Measuring the importance of columns", 0.35, "importance", "Column importance", () => ImportanceSection.Of(subject, meter));
        Add("Drawing maps of embeddings", 0.1, "maps", "Embedding maps", () => MapsSection.Of(subject));
        Add("Explaining the worst errors", 0.12, "worst", "Worst errors", () => WorstSection.Of(subject));
        Add("Comparing the data with those of the training", 0.06, "data", "Data comparison", () => DataSection.Of(subject));

        meter.Begin("Writing the page", 0);
        XElement[] content = [.. sections.Select(section => section.Element())];
        SvgIds.MakeUnique(content);
        string title = HtmlText.Escape(options.Title ?? $"Prediction of {subject.Names.Label}");
        string page = PageFile.Fill(new Dictionary<string, string>
        {
            ["title"] = title,
            ["lead"] = HtmlText.Of(Lead(subject)),
            ["nav"] = HtmlText.Of(sections.Select(section => section.Link())),
            ["main"] = HtmlText.Of(content),
            ["version"] = Version(),
        });
        options.CancellationToken.ThrowIfCancellationRequested();
        return page;
    }

    private static XElement Lead(ReportSubject subject) => Html.Paragraph(
        $"How well {SummarySection.Task(subject.Names, subject.Rows.Classes.Count)} is predicted, measured on {Show.Count(subject.Rows.Count, "test row")}. " +
        $"{DateTime.Now.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)}");

    private static string Version() => typeof(Report).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
