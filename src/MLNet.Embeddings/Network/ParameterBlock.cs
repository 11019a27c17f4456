using TorchSharp;
using TorchSharp.Modules;

namespace MLNet.Embeddings;

/// <summary>All dense parameters of a network in one block of memory, their gradients in another, so that an update is one pass over two arrays.</summary>
/// <remarks>Matrices come first, since weight decay is for them alone. Disposing it leaves the parameters as they are.</remarks>
internal sealed class ParameterBlock : IDisposable
{
    private readonly torch.Tensor _values, _gradients;
    private readonly float[] _firstMoments, _secondMoments;
    private readonly int _matrixCount;

    internal ParameterBlock(IEnumerable<Parameter> parameters)
    {
        Parameter[] ordered = [.. parameters.OrderBy(parameter => parameter.dim() > 1 ? 0 : 1)];
        _matrixCount = (int)ordered.Where(parameter => parameter.dim() > 1).Sum(parameter => parameter.numel());
        int count = (int)ordered.Sum(parameter => parameter.numel());
        _values = torch.zeros(count);
        _gradients = torch.zeros(count);
        _firstMoments = new float[count];
        _secondMoments = new float[count];
        MoveInto(ordered);
    }

    /// <summary>The parameters' values.</summary>
    internal Span<float> Values => _values.Floats();

    /// <summary>The gradients; to be cleared before each step.</summary>
    internal Span<float> Gradients => _gradients.Floats();

    /// <summary>Updates all parameters by their gradients.</summary>
    internal void Update(in AdamStep step)
    {
        Span<float> values = Values, gradients = Gradients;
        Adam.Update(values[.._matrixCount], gradients[.._matrixCount], _firstMoments.AsSpan(0, _matrixCount), _secondMoments.AsSpan(0, _matrixCount), step);
        Adam.Update(values[_matrixCount..], gradients[_matrixCount..], _firstMoments.AsSpan(_matrixCount), _secondMoments.AsSpan(_matrixCount),
            step with { WeightDecay = 0 });
    }

    public void Dispose()
    {
        _values.Dispose();
        _gradients.Dispose();
    }

    private void MoveInto(IEnumerable<Parameter> parameters)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradients = torch.no_grad();
        long position = 0;
        foreach (var parameter in parameters)
        {
            long length = parameter.numel();
            var place = _values.narrow(0, position, length).view(parameter.shape);
            place.copy_(parameter);
            parameter.set_(place);
            parameter.grad = _gradients.narrow(0, position, length).view(parameter.shape);
            position += length;
        }
    }
}
