using TorchSharp;

namespace MLNet.Embeddings;

/// <summary>Makes an <see cref="IKernel"/> a function that torch differentiates.</summary>
/// <remarks>
/// Arguments: the kernel, the tensor for the result, then the inputs. Backward adds to the gradients of those inputs that are leaves itself, and hands torch none
/// to add: that saves a whole pass over them, and new memory for them.
/// </remarks>
internal sealed class KernelFunction : torch.autograd.SingleTensorFunction<KernelFunction>
{
    private const string Kernel = "kernel";

    public override string Name => nameof(KernelFunction);

    /// <summary>The kernel's result for the inputs.</summary>
    internal static torch.Tensor Apply(IKernel kernel, torch.Tensor result, params ReadOnlySpan<torch.Tensor> inputs) => apply([kernel, result, .. inputs]);

    public override torch.Tensor forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var (kernel, result) = ((IKernel)vars[0], (torch.Tensor)vars[1]);
        torch.Tensor[] inputs = [.. vars[2..].Cast<torch.Tensor>()];
        kernel.Forward(inputs, result.Floats());
        ctx.save_data(Kernel, kernel);
        ctx.save_for_backward([.. inputs]);
        return result;
    }

    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, torch.Tensor grad_output)
    {
        var inputs = ctx.get_saved_variables();
        var gradients = inputs.ConvertAll(GradientOf);
        ((IKernel)ctx.get_data(Kernel)).Backward(grad_output.contiguous().Floats(), inputs, gradients);
        return [null!, null!, .. inputs.Zip(gradients, (input, gradient) => input.is_leaf ? null! : gradient!)];
    }

    /// <summary>What to add an input's gradient to; null if it needs none.</summary>
    private static torch.Tensor? GradientOf(torch.Tensor input)
    {
        if (!input.requires_grad) return null;
        return input.is_leaf ? input.grad ??= torch.zeros_like(input) : torch.zeros_like(input);
    }
}
