using ScottPlot;

namespace MLNet.Embeddings;

/// <summary>Finds where names have room in a picture: beside their points, above or below them, without covering others.</summary>
/// <param name="bounds">Where names may stand.</param>
internal sealed class NameRoom(PixelRect bounds)
{
    private readonly List<PixelRect> _taken = [];

    /// <summary>Keeps names away from a part of the picture.</summary>
    internal void Take(PixelRect part) => _taken.Add(part);

    /// <summary>Takes the first free one of a name's places.</summary>
    /// <param name="point">The point that is named.</param>
    /// <param name="size">Size of the name.</param>
    /// <param name="gap">Pixels between the middle of the point and the name.</param>
    /// <returns>Null if none is free.</returns>
    internal PixelRect? Find(Pixel point, PixelSize size, float gap)
    {
        Pixel[] corners =
        [
            new(point.X + gap, point.Y - size.Height / 2),
            new(point.X - gap - size.Width, point.Y - size.Height / 2),
            new(point.X - size.Width / 2, point.Y - gap - size.Height),
            new(point.X - size.Width / 2, point.Y + gap),
        ];
        foreach (var corner in corners)
        {
            var place = new PixelRect(corner.X, corner.X + size.Width, corner.Y + size.Height, corner.Y);
            if (!IsFree(place)) continue;
            Take(place);
            return place;
        }
        return null;
    }

    private bool IsFree(PixelRect place) =>
        place.Left >= bounds.Left && place.Right <= bounds.Right && place.Top >= bounds.Top && place.Bottom <= bounds.Bottom &&
        !_taken.Exists(other => place.Left < other.Right && other.Left < place.Right && place.Top < other.Bottom && other.Top < place.Bottom);
}
