namespace MLNet.Embeddings.Benchmarks;

/// <summary>Types of elements, by their numbers in onnx.proto (TensorProto.DataType).</summary>
internal enum OnnxType
{
    Single = 1,
    Int32 = 6,
    Int64 = 7,
}
