using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>Moves torch's parameters into a <see cref="ParameterBlock"/>, where torch computes with them and collects their gradients.</summary>
internal static class TorchParameters
{
    /// <summary>A block of the parameters' values. The parameters keep shapes and values, and keep the block's arrays in place while they live.</summary>
    internal static ParameterBlock MoveIntoBlock(IEnumerable<Parameter> parameters)
    {
        Parameter[] ordered = [.. parameters.OrderBy(parameter => parameter.dim() > 1 ? 0 : 1)];
        int matrixCount = (int)ordered.Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel());
        var block = new ParameterBlock(matrixCount, (int)ordered.Sum(parameter => parameter.numel()) - matrixCount);

        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        var (values, gradients) = (torch.frombuffer(block.Values, torch.float32), torch.frombuffer(block.Gradients, torch.float32));
        long position = 0;
        foreach (var parameter in ordered)
        {
            long length = parameter.numel();
            var place = values.narrow(0, position, length).view(parameter.shape);
            place.copy_(parameter);
            parameter.set_(place);
            parameter.grad = gradients.narrow(0, position, length).view(parameter.shape);
            position += length;
        }
        return block;
    }
}
