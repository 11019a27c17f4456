using System.Globalization;
using Microsoft.ML;

namespace DateNormalization;

/// <summary>Makes written dates up, the same ones each time.</summary>
internal static class GeneratedDates
{
    private static readonly DateOnly First = new(1900, 1, 1), Last = new(2049, 12, 31);

    /// <summary>Dates to train with and dates to test with; no date is in both, in whatever way it is written.</summary>
    internal static (IDataView Train, IDataView Test) Load(MLContext mlContext, int trainCount, int testCount)
    {
        var random = new Random(20_260);
        List<WrittenDate> train = [], test = [];
        while (train.Count < trainCount || test.Count < testCount)
        {
            var written = Ways.Write(random, DateOnly.FromDayNumber(random.Next(First.DayNumber, Last.DayNumber + 1)));
            bool isTest = DateOnly.Parse(written.Date, CultureInfo.InvariantCulture).DayNumber % 10 == 0;
            var (rows, count) = isTest ? (test, testCount) : (train, trainCount);
            if (rows.Count < count) rows.Add(written);
        }
        return (mlContext.Data.LoadFromEnumerable(train), mlContext.Data.LoadFromEnumerable(test));
    }
}
