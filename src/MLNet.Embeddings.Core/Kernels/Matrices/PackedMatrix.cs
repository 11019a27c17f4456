using System.Numerics;

namespace MLNet.Embeddings;

/// <summary>
/// A matrix laid out as the right operand of products: panels of columns that are read from front to back.
/// Any number of threads may read it.
/// </summary>
internal sealed unsafe class PackedMatrix
{
    /// <summary>Values moved together when packing, so that reads and writes both stay within a few cache lines.</summary>
    private const int Block = 16;

    private readonly AlignedFloats _panels = new();
    private readonly PanelShape _shape;

    /// <summary>A matrix of zeros for the widest vectors of this machine.</summary>
    public PackedMatrix(int outputs, int inputs)
        : this(outputs, inputs, PanelShape.Widest)
    {
    }

    /// <summary>A matrix of zeros for panels of a given shape.</summary>
    public PackedMatrix(int outputs, int inputs, PanelShape shape)
    {
        _shape = shape;
        int length = Resize(outputs, inputs);
        new Span<float>(_panels.Start, length).Clear();
    }

    /// <summary>Columns of the product.</summary>
    public int Outputs { get; private set; }

    /// <summary>Values summed for each element of the product.</summary>
    public int Inputs { get; private set; }

    /// <summary>Panels, each with room for its columns rounded up to whole vectors.</summary>
    public int PanelCount { get; private set; }

    /// <summary>Makes it a matrix of other extents, whose values are to be packed; gives the numbers that its panels have room for.</summary>
    public int Resize(int outputs, int inputs)
    {
        (Outputs, Inputs, PanelCount) = (outputs, inputs, (outputs + _shape.Width - 1) / _shape.Width);
        int length = PanelCount == 0 ? 0 : checked(inputs * ((PanelCount - 1) * _shape.Width + PanelWidth(PanelCount - 1)));
        _panels.Require(length);
        return length;
    }

    /// <summary>Packs weights as torch keeps them, (outputs, inputs).</summary>
    public static PackedMatrix Of(ReadOnlySpan<float> values, int outputs, int inputs)
    {
        var matrix = new PackedMatrix(outputs, inputs);
        matrix.Pack(values);
        return matrix;
    }

    /// <summary>Packs (outputs, inputs) values, for y = x · Wᵀ.</summary>
    public void Pack(ReadOnlySpan<float> values)
    {
        fixed (float* source = values[..(Outputs * Inputs)])
            Pack(source, 0, PanelCount);
    }

    /// <summary>Packs some of the panels from (outputs, inputs) values, for y = x · Wᵀ.</summary>
    public void Pack(float* values, int firstPanel, int endPanel)
    {
        for (int panel = firstPanel; panel < endPanel; panel++)
            for (int input = 0; input < Inputs; input += Block)
                PackBlock(values, panel, input, Math.Min(input + Block, Inputs));
    }

    /// <summary>Packs (inputs, outputs) values, for y = x · W.</summary>
    public void PackTransposed(ReadOnlySpan<float> values)
    {
        fixed (float* source = values[..(Inputs * Outputs)])
            PackTransposed(source, Outputs, Inputs);
    }

    /// <summary>Packs the first inputs from rows that lie a stride apart.</summary>
    public void PackTransposed(float* source, nint stride, int inputs)
    {
        for (int panel = 0; panel < PanelCount; panel++)
        {
            int width = PanelWidth(panel);
            int columns = ColumnsOf(panel);
            float* destination = Panel(panel);
            for (int input = 0; input < inputs; input++)
            {
                var row = new ReadOnlySpan<float>(source + input * stride + FirstColumn(panel), columns);
                row.CopyTo(new Span<float>(destination, columns));
                destination += width;
            }
        }
    }

    /// <summary>Where a panel starts; an input further lies <see cref="PanelWidth"/> elements further.</summary>
    public float* Panel(int panel) => _panels.Start + (nint)FirstColumn(panel) * Inputs;

    /// <summary>Room for columns in a panel, whole vectors.</summary>
    public int PanelWidth(int panel) => _shape.WidthFor(Outputs - FirstColumn(panel));

    /// <summary>Columns that a panel holds.</summary>
    public int ColumnsOf(int panel) => Math.Min(Outputs - FirstColumn(panel), _shape.Width);

    /// <summary>The output that a panel begins with.</summary>
    public int FirstColumn(int panel) => panel * _shape.Width;

    private void PackBlock(float* source, int panel, int firstInput, int endInput)
    {
        int width = PanelWidth(panel);
        int columns = ColumnsOf(panel);
        float* destination = Panel(panel);
        for (int column = 0; column < columns; column++)
        {
            float* row = source + (nint)(FirstColumn(panel) + column) * Inputs;
            for (nint input = firstInput; input < endInput; input++)
                destination[input * width + column] = row[input];
        }
    }
}

/// <summary>The columns of a packed matrix that lie together: a number of vectors, each of a number of elements.</summary>
/// <param name="Count">Elements of a vector.</param>
/// <param name="Vectors">Vectors of a full panel.</param>
internal readonly record struct PanelShape(int Count, int Vectors)
{
    /// <summary>The shape for the widest vectors of this machine.</summary>
    public static PanelShape Widest { get; } = ForWidest();

    /// <summary>Columns of a full panel.</summary>
    public int Width => Count * Vectors;

    /// <summary>The shape for vectors of one width.</summary>
    public static PanelShape Of<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct =>
        new(TSimd.Count, TSimd.PanelVectors);

    /// <summary>Columns set aside for a panel that holds so many: 1, 2 or 4 vectors, and no more than needed.</summary>
    public int WidthFor(int columns)
    {
        uint vectors = (uint)((columns + Count - 1) / Count);
        return Count * Math.Min(Vectors, (int)BitOperations.RoundUpToPowerOf2(vectors));
    }

    private static PanelShape ForWidest()
    {
        var kernel = new ShapeKernel();
        Simd.Run(ref kernel);
        return kernel.Shape;
    }

    private struct ShapeKernel : ISimdKernel
    {
        public PanelShape Shape { get; private set; }

        public void Run<TSimd, TVector>() where TSimd : struct, ISimd<TVector> where TVector : struct => Shape = Of<TSimd, TVector>();
    }
}
