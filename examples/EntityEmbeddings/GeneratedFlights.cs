using Examples;

namespace EntityEmbeddings;

/// <summary>Makes flights up, the same ones each time: airports are of a few kinds, which are crowded at hours and in months of their own.</summary>
internal static class GeneratedFlights
{
    private const int Airports = 150, Kinds = 4;

    private static readonly string[] Carriers = ["AA", "B6", "DL", "F9", "UA", "WN"];

    /// <summary>The hour and the month at which a kind of airport is most crowded.</summary>
    private static readonly (double Hour, int Month)[] Peaks = [(8, 1), (12, 7), (17, 12), (21, 4)];

    /// <summary>Rows without an end.</summary>
    internal static IEnumerable<Flight> All()
    {
        var random = new Random(20_260);
        while (true) yield return Draw(random);
    }

    /// <summary>The kind of an airport, by its name.</summary>
    private static int KindOf(string airport) => int.Parse(airport.AsSpan(1)) * 7 % 11 % Kinds;

    private static Flight Draw(Random random)
    {
        string origin = $"A{random.Next(Airports):D3}", destination = $"A{random.Next(Airports):D3}";
        int carrier = random.Next(Carriers.Length), weekday = random.Next(1, 8), month = random.Next(1, 13);
        double hour = 5 + 18 * random.NextDouble();
        double lateness = -2.5 + 0.25 * carrier + (weekday is 5 or 7 ? 0.4 : 0)
            + Crowd(KindOf(origin), hour, month) + Crowd(KindOf(destination), hour + 2, month);
        return new Flight
        {
            Month = $"{month}",
            Weekday = $"{weekday}",
            Carrier = Carriers[carrier],
            Origin = origin,
            Destination = destination,
            Departure = (int)hour * 100 + random.Next(60),
            Late = random.Chance(1 / (1 + Math.Exp(-lateness))),
        };
    }

    private static double Crowd(int kind, double hour, int month) =>
        4 * Math.Exp(-Math.Pow((hour - Peaks[kind].Hour) / 3, 2)) + (month == Peaks[kind].Month ? 2 : 0) - 1;
}
