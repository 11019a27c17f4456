using static TorchSharp.torch;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class RaggedConvolutionTests
{
    private const int Terms = 12;

    private static readonly int[] Lengths = [3, 0, 1, 5, 2, 4, 0, 1, 9, 6];
    private static readonly string[] Names = ["results", "embeddings", "weights", "biases"];

    [TestMethod]
    [DataRow(1, 1, 1)]
    [DataRow(2, 5, 7)]
    [DataRow(3, 6, 33)]
    [DataRow(5, 7, 100)]
    [DataRow(16, 3, 16)]
    public void Backward_RaggedRows_EqualsTorch(int window, int dimensions, int filters)
    {
        var batch = new Batch(new(window, dimensions, filters) { Width = filters + 5, Offset = 3 });
        double[][] expected = batch.Torch();
        float[][] actual = batch.Run(threads: 2);

        for (int i = 0; i < expected.Length; i++) Numbers.AreClose(expected[i], actual[i], Names[i]);
    }

    [TestMethod]
    public void Backward_FiniteDifferences_AreTheGradients()
    {
        var batch = new Batch(new(3, 2, 4));
        float[][] actual = batch.Run(threads: 1);
        double[][] numbers = [.. new[] { batch.Embeddings, batch.Weights, batch.Bias }.Select(values => values.Select(value => (double)value).ToArray())];

        Numbers.AreClose(batch.Plain(numbers), actual[0], Names[0]);
        for (int group = 0; group < numbers.Length; group++)
        {
            double[] expected = [.. Enumerable.Range(0, numbers[group].Length).Select(i => batch.Slope(numbers, ref numbers[group][i]))];
            Numbers.AreClose(expected, actual[group + 1], Names[group + 1]);
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(8)]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        var batch = new Batch(new(4, 35, 50), [.. Enumerable.Range(0, 150).Select(row => row * 13 % 61)], terms: 300);
        float[][] expected = batch.Run(threads: 1), actual = batch.Run(threads);

        for (int i = 0; i < expected.Length; i++) CollectionAssert.AreEqual(expected[i], actual[i], Names[i]);
        CollectionAssert.AreEqual(expected[0], batch.ForwardProjected(threads));
    }

    [TestMethod]
    public void Forward_RowAlone_GivesTheBitsOfManyRows()
    {
        var batch = new Batch(new(3, 6, 21));
        float[] expected = batch.Run(threads: 2)[0];

        int first = 0;
        for (int row = 0; row < Lengths.Length; first += Lengths[row++])
        {
            var alone = new Batch(batch.Form, [Lengths[row]]) { TermOfToken = batch.TermOfToken[first..(first + Lengths[row])] };
            CollectionAssert.AreEqual(expected[(row * 21)..(row * 21 + 21)], alone.Run(threads: 1)[0]);
        }
    }

    [TestMethod]
    public unsafe void ForwardProjected_MemoryThatHasGrown_AllocatesNothing()
    {
        var batch = new Batch(new(3, 6, 21));
        var (convolution, weights, rows) = (new RaggedConvolution(batch.Form, threads: 2), batch.Packed(), batch.Rows());
        float[] results = new float[Lengths.Length * 21], projected = new float[Terms * batch.Form.Projected];
        fixed (float* start = projected)
        {
            convolution.ForwardProjected(rows, start, weights, results);
            long before = GC.GetAllocatedBytesForCurrentThread();

            convolution.ForwardProjected(rows, start, weights, results);

            Assert.AreEqual(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    [TestMethod]
    public void Backward_WithoutForwardThatKeeps_Throws()
    {
        var batch = new Batch(new(3, 6, 21));
        var convolution = new RaggedConvolution(batch.Form, threads: 1);
        convolution.Forward(batch.Rows(), batch.Embeddings, batch.Packed(), new float[Lengths.Length * 21], keep: false);

        Assert.ThrowsExactly<InvalidOperationException>(() => convolution.Backward([], [], batch.Packed(), [], [], []));
    }

    /// <summary>Ragged rows with the weights of a convolution.</summary>
    private sealed class Batch(ConvolutionForm form, int[]? lengths = null, int terms = Terms)
    {
        private readonly int[] _lengths = lengths ?? Lengths;

        public ConvolutionForm Form => form;
        public int[] TermOfToken { get; init; } = [.. Enumerable.Range(0, (lengths ?? Lengths).Sum()).Select(token => token * 7 % terms)];
        public float[] Embeddings { get; } = Numbers.Random(terms * form.Dimensions, 1);
        public float[] Weights { get; } = Numbers.Random(form.Filters * form.Window * form.Dimensions, 2);
        public float[] Bias { get; } = Numbers.Random(form.Filters, 3);
        public float[] ResultGradients { get; } = Numbers.Random((lengths ?? Lengths).Length * form.Width, 4);

        public RaggedRows Rows()
        {
            var rows = new RaggedRows();
            rows.Set(_lengths, TermOfToken, terms);
            return rows;
        }

        public ConvolutionWeights Packed(int threads = 1)
        {
            var weights = new ConvolutionWeights(form, threads);
            weights.PackForward(Weights, Bias);
            weights.PackBackward();
            return weights;
        }

        public float[][] Run(int threads)
        {
            var convolution = new RaggedConvolution(form, threads);
            float[] results = new float[ResultGradients.Length], embeddings = new float[Embeddings.Length];
            float[] weights = new float[Weights.Length], bias = new float[Bias.Length];
            var packed = Packed(threads);
            convolution.Forward(Rows(), Embeddings, packed, results, keep: true);
            convolution.Backward(ResultGradients, Embeddings, packed, embeddings, weights, bias);
            return [results, embeddings, weights, bias];
        }

        public unsafe float[] ForwardProjected(int threads)
        {
            float[] results = new float[ResultGradients.Length], projected = new float[terms * form.Projected];
            Packed().Project(Embeddings, terms, projected);
            fixed (float* start = projected) new RaggedConvolution(form, threads).ForwardProjected(Rows(), start, Packed(), results);
            return results;
        }

        /// <summary>The results in double precision, written as the equations are.</summary>
        public double[] Plain(double[][] numbers)
        {
            var results = new double[ResultGradients.Length];
            int first = 0;
            for (int row = 0; row < _lengths.Length; first += _lengths[row++])
                for (int filter = 0; filter < form.Filters && _lengths[row] > 0; filter++)
                    results[row * form.Width + form.Offset + filter] = Math.Max(0, Enumerable.Range(0, Math.Max(1, _lengths[row] - form.Window + 1))
                        .Max(window => Window(numbers, TermOfToken.AsSpan(first + window, Math.Min(form.Window, _lengths[row])), filter)));
            return results;
        }

        /// <summary>How the results, weighted by their gradients, change with one number.</summary>
        public double Slope(double[][] numbers, ref double number)
        {
            double kept = number;
            number = kept + 1e-5;
            double above = Plain(numbers).Zip(ResultGradients, (result, gradient) => result * gradient).Sum();
            number = kept - 1e-5;
            double below = Plain(numbers).Zip(ResultGradients, (result, gradient) => result * gradient).Sum();
            number = kept;
            return (above - below) / 2e-5;
        }

        /// <summary>What <see cref="Run"/> finds, by torch's conv1d over rows that are padded to a window.</summary>
        public double[][] Torch()
        {
            LibTorch.EnsureLoaded();
            using var scope = NewDisposeScope();
            Tensor embeddings = Leaf(Embeddings, terms, form.Dimensions), bias = Leaf(Bias, form.Filters);
            Tensor weights = Leaf(Weights, form.Filters, form.Window, form.Dimensions);
            var rows = new List<Tensor>();
            int first = 0;
            for (int row = 0; row < _lengths.Length; first += _lengths[row++])
            {
                if (_lengths[row] == 0)
                {
                    rows.Add(zeros(form.Width, dtype: ScalarType.Float64));
                    continue;
                }

                Tensor tokens = embeddings.index_select(0, tensor(TermOfToken[first..(first + _lengths[row])])).t().unsqueeze(0);
                tokens = nn.functional.pad(tokens, [0, Math.Max(0, form.Window - _lengths[row])]);
                Tensor maxima = nn.functional.conv1d(tokens, weights.permute(0, 2, 1), bias).relu().amax([2]).squeeze(0);
                rows.Add(nn.functional.pad(maxima, [form.Offset, form.Width - form.Offset - form.Filters]));
            }

            Tensor results = stack(rows);
            (results * Leaf(ResultGradients, _lengths.Length, form.Width)).sum().backward();
            return [.. new[] { results, embeddings.grad!, weights.grad!, bias.grad! }.Select(values => values.detach().contiguous().data<double>().ToArray())];
        }

        private double Window(double[][] numbers, ReadOnlySpan<int> tokens, int filter)
        {
            double sum = numbers[2][filter];
            for (int position = 0; position < tokens.Length; position++)
                for (int i = 0; i < form.Dimensions; i++)
                    sum += numbers[1][(filter * form.Window + position) * form.Dimensions + i] * numbers[0][tokens[position] * form.Dimensions + i];
            return sum;
        }

        private static Tensor Leaf(float[] values, params long[] shape) => tensor(values).to(ScalarType.Float64).view(shape).detach().requires_grad_();
    }
}
