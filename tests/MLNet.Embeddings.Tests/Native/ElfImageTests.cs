namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class ElfImageTests
{
    [TestMethod]
    [DataRow(0, 0x7e, "it does not begin as an ELF file does")]
    [DataRow(4, 1, "it is not a 64-bit little-endian file")]
    [DataRow(5, 2, "it is not a 64-bit little-endian file")]
    [DataRow(16, 2, "it is not a shared library")]
    [DataRow(54, 32, "its program headers have an unknown size")]
    [DataRow(47, 0x80, "it is cut short, or points outside of itself")] // where the section headers are
    [DataRow(39, 0x80, "it is cut short, or points outside of itself")] // where the program headers are
    public void Constructor_ForeignHeader_IsRefused(int place, int value, string reason)
    {
        byte[] image = NativeFiles.LinuxTorchSharp();
        image[place] = (byte)value;

        var exception = Assert.ThrowsExactly<FormatException>(() => new ElfImage(image).Has(ElfTag.Strings));

        Assert.AreEqual(
            $"The native library is not of the form that is understood: {reason}. Restore the package it comes from anew.",
            exception.Message);
    }

    [TestMethod]
    [DataRow("win-x64", "LibTorchSharp.dll")]
    [DataRow("osx-arm64", "libLibTorchSharp.dylib")]
    public void Constructor_LibraryOfAnotherSystem_IsRefused(string runtime, string fileName)
    {
        byte[] image = File.ReadAllBytes(Path.Combine(NativeFiles.Folder(runtime), fileName));

        Assert.ThrowsExactly<FormatException>(() => new ElfImage(image).Has(ElfTag.Strings));
    }

    [TestMethod]
    public void Table_RealLibrary_IsWhereTheLinkerPutIt()
    {
        var elf = new ElfImage(NativeFiles.LinuxTorchSharp());

        // As readelf -d lists them: in the first segment a place in the file is its address, in the last it is 0x1000 before.
        Assert.AreEqual(0x3f8f0UL, elf.Table(ElfTag.NeededVersions));
        Assert.AreEqual(5UL, elf.Value(ElfTag.NeededVersionsCount));
        Assert.AreEqual(0x16760UL, elf.Table(ElfTag.Strings));
        Assert.AreEqual("", elf.Text(0));
    }

    [TestMethod]
    public void Text_IndexPastTheStrings_IsRefused()
    {
        byte[] image = NativeFiles.LinuxTorchSharp();

        Assert.ThrowsExactly<FormatException>(() => new ElfImage(image).Text(uint.MaxValue));
    }

    [TestMethod]
    public void Value_MissingEntry_IsRefused()
    {
        byte[] image = NativeFiles.LinuxTorchSharp();

        Assert.IsFalse(new ElfImage(image).Has(ElfTag.RelocationsWithoutAddend));
        Assert.ThrowsExactly<FormatException>(() => new ElfImage(image).Value(ElfTag.RelocationsWithoutAddend));
    }
}
