using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings.Benchmarks;

/// <summary>Network B as one writes it straight in TorchSharp.</summary>
internal sealed class TorchTableNetwork : torch.nn.Module<TableRow[], torch.Tensor>
{
    private readonly Embedding _gender, _location;
    private readonly Linear _hidden, _output;
    private readonly float _meanAge, _ageDeviation;

    internal TorchTableNetwork(float meanAge, float ageDeviation) : base("network B")
    {
        _gender = torch.nn.Embedding(NetworkB.GenderKeys + 1, NetworkB.GenderDimensions);
        _location = torch.nn.Embedding(NetworkB.LocationKeys + 1, NetworkB.LocationDimensions);
        _hidden = torch.nn.Linear(NetworkB.GenderDimensions + NetworkB.LocationDimensions + 1, NetworkB.HiddenUnits);
        _output = torch.nn.Linear(NetworkB.HiddenUnits, 1);
        (_meanAge, _ageDeviation) = (meanAge, ageDeviation);
        RegisterComponents();
    }

    /// <returns>The logits, one a row.</returns>
    public override torch.Tensor forward(TableRow[] rows)
    {
        var gender = _gender.call(torch.tensor(Array.ConvertAll(rows, row => row.Gender + 1L)));
        var location = _location.call(torch.tensor(Array.ConvertAll(rows, row => row.Location + 1L)));
        var age = torch.tensor(Array.ConvertAll(rows, row => (row.Age - _meanAge) / _ageDeviation)).unsqueeze(1);
        var hidden = _hidden.call(torch.cat([gender, location, age], dim: 1)).relu();
        return _output.call(hidden).squeeze(1);
    }

    /// <summary>A network with the weights of one of ours.</summary>
    internal static TorchTableNetwork Of(TrainedNetwork network)
    {
        var age = (NumberShape)network.Shape.Columns[2];
        var copy = new TorchTableNetwork(network[age.Mean][0], network[age.Deviation][0]);
        copy._gender.weight!.Take(network.Weights[((CategoryShape)network.Shape.Columns[0]).Table]);
        copy._location.weight!.Take(network.Weights[((CategoryShape)network.Shape.Columns[1]).Table]);
        copy._hidden.weight!.Take(network.Weights[HeadShape.LayerWeights(0)]);
        copy._hidden.bias!.Take(network.Weights[HeadShape.LayerBias(0)]);
        copy._output.weight!.Take(network.Weights[HeadShape.LayerWeights(1)]);
        copy._output.bias!.Take(network.Weights[HeadShape.LayerBias(1)]);
        return copy;
    }
}
