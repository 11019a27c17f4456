using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Makes <see cref="RaggedGru"/> a function that torch differentiates.</summary>
/// <remarks>
/// Arguments: the kernel with its plan set, the tensor for the result, then the terms' vectors, input weights, hidden weights, input bias and hidden bias.
/// The kernel keeps what backward needs, so one forward may be in flight per kernel, and backward follows it once. Backward adds to the gradients of
/// those arguments that are leaves itself, and hands torch none to add: that saves a whole pass over them, and new memory for them.
/// </remarks>
internal sealed class RaggedGruFunction : torch.autograd.SingleTensorFunction<RaggedGruFunction>
{
    private const string Kernel = "kernel";

    public override string Name => nameof(RaggedGruFunction);

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (gru, lastStates) = ((RaggedGru)vars[0], (torch.Tensor)vars[1]);
        torch.Tensor[] inputs = [.. vars[2..].Cast<torch.Tensor>()];
        gru.Forward(inputs[0].Floats(), inputs[1].Floats(), inputs[2].Floats(), inputs[3].Floats(), inputs[4].Floats(), lastStates.Floats());
        ctx.save_data(Kernel, gru);
        ctx.save_for_backward([.. inputs]);
        return lastStates;
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        var gru = (RaggedGru)ctx.get_data(Kernel);
        var inputs = ctx.get_saved_variables();
        var gradients = inputs.ConvertAll(input => !input.is_leaf ? torch.zeros_like(input) : input.grad ?? (input.grad = torch.zeros_like(input)));
        gru.Backward(
            grad_output.contiguous().Floats(), inputs[0].Floats(), inputs[1].Floats(), inputs[2].Floats(),
            gradients[0].Floats(), gradients[1].Floats(), gradients[2].Floats(), gradients[3].Floats(), gradients[4].Floats());
        return [null!, null!, .. inputs.Zip(gradients, (input, gradient) => input.is_leaf ? null! : gradient)];
    }
}
