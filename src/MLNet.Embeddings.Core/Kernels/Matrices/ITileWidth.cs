namespace MLNet.Embeddings;

/// <summary>How many vectors a row of a tile has, as a type, so that each width is compiled by itself.</summary>
internal interface ITileWidth
{
    /// <summary>1, 2 or 4.</summary>
    static abstract int Vectors { get; }

    /// <summary>One vector.</summary>
    readonly struct One : ITileWidth { public static int Vectors => 1; }

    /// <summary>Two vectors.</summary>
    readonly struct Two : ITileWidth { public static int Vectors => 2; }

    /// <summary>Four vectors.</summary>
    readonly struct Four : ITileWidth { public static int Vectors => 4; }
}
