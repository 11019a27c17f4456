using System.Buffers.Binary;

namespace MLNet.Embeddings.Tests;

[TestClass]
public sealed class VersionRequirementTests
{
    private const string Version = "GLIBCXX_3.4.32";
    private const uint VersionHash = 0x0297f842; // as objdump -p lists it

    [TestMethod]
    public void MarkWeak_RealLibrary_ChangesTheOneFlagOnly()
    {
        byte[] original = NativeFiles.LinuxTorchSharp();
        byte[] marked = [.. original];

        bool isMarked = VersionRequirement.MarkWeak(marked, Version);

        Assert.IsTrue(isMarked);
        int changed = Enumerable.Range(0, original.Length).Single(at => original[at] != marked[at]);
        Assert.AreEqual(0, original[changed]);
        Assert.AreEqual(2, marked[changed]);
        Assert.AreEqual(VersionHash, BinaryPrimitives.ReadUInt32LittleEndian(original.AsSpan(changed - 4)));
    }

    [TestMethod]
    public void MarkWeak_MarkedLibrary_ChangesNothing()
    {
        byte[] image = NativeFiles.LinuxTorchSharp();
        VersionRequirement.MarkWeak(image, Version);
        byte[] marked = [.. image];

        bool isMarked = VersionRequirement.MarkWeak(image, Version);

        Assert.IsFalse(isMarked);
        CollectionAssert.AreEqual(marked, image);
    }

    [TestMethod]
    public void MarkWeak_VersionNotAskedFor_ChangesNothing()
    {
        byte[] original = NativeFiles.LinuxTorchSharp();
        byte[] image = [.. original];

        bool isMarked = VersionRequirement.MarkWeak(image, "GLIBCXX_3.4.33");

        Assert.IsFalse(isMarked);
        CollectionAssert.AreEqual(original, image);
    }

    [TestMethod]
    public void MarkWeak_VersionOfACalledFunction_IsRefused()
    {
        byte[] original = NativeFiles.LinuxTorchSharp();
        byte[] image = [.. original];

        var exception = Assert.ThrowsExactly<InvalidOperationException>(() => VersionRequirement.MarkWeak(image, "GLIBCXX_3.4.30"));

        Assert.AreEqual(
            "The native library uses '_ZNSt18condition_variable4waitERSt11unique_lockISt5mutexE' of version GLIBCXX_3.4.30; " +
            "use a system whose libraries have that version.",
            exception.Message);
        CollectionAssert.AreEqual(original, image);
    }

    [TestMethod]
    [DataRow((ulong)ElfTag.Relocations)]
    [DataRow((ulong)ElfTag.CallRelocations)]
    public void MarkWeak_RelocationToTheSymbol_IsRefused(ulong table)
    {
        const uint SymbolOfTheVersion = 482; // as readelf --dyn-syms lists it
        byte[] image = NativeFiles.LinuxTorchSharp();
        int relocation = (int)new ElfImage(image).Table((ElfTag)table);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(relocation + 12), SymbolOfTheVersion);

        var exception = Assert.ThrowsExactly<InvalidOperationException>(() => VersionRequirement.MarkWeak(image, Version));

        Assert.StartsWith("The native library uses '_ZSt21ios_base_library_initv' of version GLIBCXX_3.4.32;", exception.Message);
    }

    [TestMethod]
    public void MarkWeak_HashOfAnotherName_IsRefused()
    {
        byte[] image = NativeFiles.LinuxTorchSharp();
        image[image.AsSpan().IndexOf(BitConverter.GetBytes(VersionHash))]++;

        var exception = Assert.ThrowsExactly<FormatException>(() => VersionRequirement.MarkWeak(image, Version));

        Assert.Contains("the hash of 'GLIBCXX_3.4.32' in it is another than that of the name", exception.Message);
    }

    [TestMethod]
    public void MarkWeak_TruncatedAnywhere_IsRefused()
    {
        byte[] original = NativeFiles.LinuxTorchSharp();
        byte[] image = [.. original];
        IEnumerable<int> lengths = Enumerable.Range(0, 2_000)
            .Concat(Enumerable.Range(1, 2_000).Select(step => original.Length - step))
            .Concat(Enumerable.Range(0, original.Length / 997).Select(step => step * 997));

        foreach (int length in lengths)
            Assert.ThrowsExactly<FormatException>(() => VersionRequirement.MarkWeak(image.AsSpan(0, length), Version), $"length {length}");

        CollectionAssert.AreEqual(original, image);
    }

    [TestMethod]
    public void MarkWeak_DamagedTables_IsRefusedOrUnderstood()
    {
        byte[] original = NativeFiles.LinuxTorchSharp();
        byte[] image = [.. original];
        var elf = new ElfImage(original);
        int[] places =
        [
            .. Enumerable.Range(0, 64 + 10 * 56),
            .. Enumerable.Range(0x1d4b18, 0x270), // the dynamic section, as readelf -l lists it
            .. Enumerable.Range((int)elf.Table(ElfTag.NeededVersions), 0x210),
        ];

        int refused = 0;
        foreach (int place in places)
        {
            foreach (byte damage in new byte[] { 0x01, 0x80, 0xff })
            {
                image[place] = damage;
                if (!IsUnderstood(image)) refused++;
                original.CopyTo(image, 0);
            }
        }

        Assert.IsGreaterThan(500, refused);
    }

    [TestMethod]
    public void MarkWeak_RandomBytes_IsRefused()
    {
        var random = new Random(1);
        byte[] realHeader = NativeFiles.LinuxTorchSharp()[..64];
        byte[] image = new byte[4_096];
        for (int trial = 0; trial < 1_000; trial++)
        {
            random.NextBytes(image);
            byte[] withHeader = [.. realHeader, .. image];

            Assert.ThrowsExactly<FormatException>(() => VersionRequirement.MarkWeak(image, Version));
            Assert.ThrowsExactly<FormatException>(() => VersionRequirement.MarkWeak(withHeader, Version));
        }
    }

    /// <summary>Any other exception than those documented fails the test.</summary>
    private static bool IsUnderstood(Span<byte> image)
    {
        try
        {
            VersionRequirement.MarkWeak(image, Version);
            return true;
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            return false;
        }
    }
}
