using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNet.Embeddings.Tests;

/// <summary>Dates in ONNX Runtime, beside those of the library.</summary>
[TestClass]
public sealed class OnnxDateTests
{
    private static readonly string[] Malformed =
    [
        "", " ", "no date", "2024", "31/31/2024", "2024-02-30", "2023-02-29", "2024-13-01", "0000-01-01", "99999999999999999999",
        "2024-1-1x", "x2024-1-1", "25:00", "12:60",
        "13:00 PM", "0:30 AM", "12:15 am", "12:15 PM", "2024-12-31T23:59:59.1234567Z", "2024-12-31T10:00:00+02:00", "2024-12-31T10:00:00-0530",
        "2024-12-31T10:00:00+00:07",
        " 2024-1-2 ", "2024 - 1 - 2", "20240229", "20230229", "1-jan-99", "01-JAN-50", "3 MAY 2024", "May 3, 2024", "10:00:00.", "10:00:00.5",
    ];

    [TestMethod]
    public void Milliseconds_OfTextsOfEachFormat_AreThoseOfTheLibrary()
    {
        var random = new Random(1);
        DateTime[] dates =
        [
            .. Enumerable.Range(0, 12).Select(_ => new DateTime(1900, 3, 1).AddSeconds(random.NextInt64(6_000_000_000))),
            new(2000, 2, 29), new(1999, 12, 31, 12, 0, 5),
        ];
        List<string> faults = [];
        foreach (string format in DateFormats.All)
        {
            string[] texts = [.. dates.Select(date => date.ToString(format, CultureInfo.InvariantCulture)), .. Malformed];
            var got = Run(texts, format);
            for (int i = 0; i < texts.Length; i++)
            {
                long wanted = DateFormats.Parse(texts[i].Trim(), format) is not { } date ? OnnxDates.Missing
                    : (date.Ticks - (format.Contains('y') ? DateTime.UnixEpoch.Ticks : 0)) / TimeSpan.TicksPerMillisecond;
                if (Math.Abs(got[i] - wanted) > 1) faults.Add($"{format}: '{texts[i]}' is {got[i]}, wanted {wanted}");
            }
        }
        Assert.IsEmpty(faults, string.Join('\n', faults.Take(20)));
    }

    [TestMethod]
    public void Parts_OfDates_AreThoseOfTheLibrary()
    {
        var random = new Random(2);
        long[] milliseconds =
        [
            .. Enumerable.Range(0, 500).Select(_ => random.NextInt64(-60_000_000_000_000, 200_000_000_000_000)), 0, -1, 951_782_400_000, OnnxDates.Missing,
        ];
        var graph = new OnnxGraph("dates");
        var input = graph.Input("dates", OnnxType.Int64, ["rows", 1]);
        foreach (var part in Enum.GetValues<DatePart>()) graph.Output(OnnxDates.Part(input, part), $"{part}", OnnxType.Int64, "rows", 1);
        using var session = new InferenceSession(new OnnxModel(graph) { Producer = "test", ProducerVersion = "1" }.ToArray());

        using var results = session.Run([NamedOnnxValue.CreateFromTensor("dates", new DenseTensor<long>(milliseconds, [milliseconds.Length, 1]))]);

        foreach (var (part, result) in Enum.GetValues<DatePart>().Zip(results))
        {
            long[] wanted = [.. milliseconds.Select(one => one == OnnxDates.Missing ? 0L : part.KeyOf(DateTime.UnixEpoch.AddMilliseconds(one).Ticks))];
            CollectionAssert.AreEqual(wanted, result.AsTensor<long>().ToArray(), $"{part}");
        }
    }

    private static long[] Run(string[] texts, string format)
    {
        var graph = new OnnxGraph("dates");
        var input = graph.Input("dates", OnnxType.Text, ["rows", 1]);
        graph.Output(new OnnxDateText(input, format).Milliseconds(), "milliseconds", OnnxType.Int64, "rows", 1);
        using var session = new InferenceSession(new OnnxModel(graph) { Producer = "test", ProducerVersion = "1" }.ToArray());
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("dates", new DenseTensor<string>(texts, [texts.Length, 1]))]);
        return [.. results[0].AsTensor<long>()];
    }
}
