using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ParameterBlockTests
{
    [ClassInitialize]
    public static void LoadTorch(TestContext _) => LibTorch.EnsureLoaded();

    [TestMethod]
    public void Constructor_AnyParameters_KeepTheirValuesShapesAndResults()
    {
        using var scope = torch.NewDisposeScope();
        using var network = CreateNetwork();
        using var input = torch.randn(4, 5, 3);
        var before = network.named_parameters().Select(parameter => (parameter.name, parameter.parameter.shape, Values: parameter.parameter.Floats().ToArray())).ToArray();
        float[] result = network.call(input).Floats().ToArray();

        var block = TorchParameters.MoveIntoBlock(network.parameters());

        foreach (var ((name, shape, values), (_, parameter)) in before.Zip(network.named_parameters()))
        {
            CollectionAssert.AreEqual(shape, parameter.shape, name);
            CollectionAssert.AreEqual(values, parameter.Floats().ToArray(), name);
        }
        CollectionAssert.AreEqual(result, network.call(input).Floats().ToArray());
    }

    [TestMethod]
    public void Gradients_AfterBackward_AreThoseOfTheParameters()
    {
        using var scope = torch.NewDisposeScope();
        using var network = CreateNetwork();
        using var input = torch.randn(4, 5, 3);
        network.call(input).square().sum().backward();
        float[] expected = [.. network.parameters().OrderBy(parameter => parameter.dim() == 1).SelectMany(parameter => parameter.grad!.Floats().ToArray())];

        var block = TorchParameters.MoveIntoBlock(network.parameters());
        Assert.AreEqual(-1, block.Gradients.AsSpan().IndexOfAnyExcept(0f));
        network.call(input).square().sum().backward();

        CollectionAssert.AreEqual(expected, block.Gradients);
        Assert.IsTrue(expected.All(gradient => gradient != 0));
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(0.05f)]
    public void Update_TwentySteps_AreThoseOfTorchsAdamW(float weightDecay)
    {
        using var scope = torch.NewDisposeScope();
        using Mixed ours = CreateNetwork(), torchs = CreateNetwork();
        torchs.load_state_dict(ours.state_dict());
        var block = TorchParameters.MoveIntoBlock(ours.parameters());
        // Torch decays what it is told to; ours decays matrices only.
        using var optimizer = torch.optim.AdamW([Group(torchs, matrices: true, weightDecay), Group(torchs, matrices: false, weightDecay: 0)]);

        for (int step = 1; step <= 20; step++)
        {
            using var input = torch.randn(4, 5, 3);
            Array.Clear(block.Gradients);
            ours.call(input).square().sum().backward();
            block.Update(new AdamStep(0.01f, 0.9f, 0.999f, 1e-8f, weightDecay, step));

            optimizer.zero_grad();
            torchs.call(input).square().sum().backward();
            optimizer.step();
        }

        foreach (var ((name, parameter), expected) in ours.named_parameters().Zip(torchs.parameters()))
        {
            float[] updated = parameter.Floats().ToArray(), reference = expected.Floats().ToArray();
            for (int i = 0; i < updated.Length; i++) Assert.AreEqual(reference[i], updated[i], 1e-6, $"{name}[{i}]");
        }
    }

    [TestMethod]
    public void MoveIntoBlock_ThenDisposeTheNetwork_LeavesNoTensor() => LiveTensors.AssertUnchangedBy(() =>
    {
        using var network = CreateNetwork();
        var block = TorchParameters.MoveIntoBlock(network.parameters());
        Array.Clear(block.Gradients);
    });

    private static Mixed CreateNetwork() => new();

    private static AdamW.ParamGroup Group(Mixed network, bool matrices, double weightDecay) =>
        new(network.parameters().Where(parameter => parameter.dim() > 1 == matrices), new AdamW.Options { LearningRate = 0.01, weight_decay = weightDecay });

    /// <summary>A GRU and a dense layer on its last state.</summary>
    private sealed class Mixed : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly GRU _gru = torch.nn.GRU(3, 4, batchFirst: true);
        private readonly Linear _dense = torch.nn.Linear(4, 2);

        public Mixed() : base("mixed") => RegisterComponents();

        public override torch.Tensor forward(torch.Tensor input) => _dense.call(_gru.call(input).Item1.select(1, -1));
    }
}
