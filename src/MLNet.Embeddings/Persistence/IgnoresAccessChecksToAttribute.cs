namespace System.Runtime.CompilerServices;

/// <summary>Tells the runtime, which knows it by this name, that this assembly may use another's internal members.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
