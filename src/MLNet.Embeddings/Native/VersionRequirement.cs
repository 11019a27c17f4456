using System.Buffers.Binary;

namespace MLNet.Embeddings;

/// <summary>
/// The versions of other libraries' symbols that a native library asks for, and how to make one of them optional
/// (Linux Standard Base, Core, "Symbol Versioning").
/// </summary>
internal static class VersionRequirement
{
    private const ushort WeakFlag = 2;
    private const ushort IndexMask = 0x7fff;
    private const ulong RelocationSize = 24;
    private const ulong SymbolSize = 24;
    private const ulong VersionSize = 2;

    /// <summary>
    /// Marks the requirement of a version as weak, so that the library loads where the version is unknown. Changes that flag only.
    /// </summary>
    /// <returns>Whether something was marked: not so when the library does not ask for the version, or is marked already.</returns>
    /// <exception cref="FormatException">The bytes are not a whole 64-bit little-endian ELF shared library.</exception>
    /// <exception cref="InvalidOperationException">The library uses a symbol of that version, so it cannot run without it.</exception>
    internal static bool MarkWeak(Span<byte> image, string version)
    {
        var elf = new ElfImage(image);
        List<ulong> entries = FindStrong(elf, version);
        foreach (ulong entry in entries) RefuseIfUsed(elf, version, index: elf.UInt16(entry + 6));
        foreach (ulong entry in entries)
        {
            var flags = (ushort)(elf.UInt16(entry + 4) | WeakFlag);
            BinaryPrimitives.WriteUInt16LittleEndian(image[(int)(entry + 4)..], flags);
        }

        return entries.Count > 0;
    }

    /// <summary>The entries that ask for the version and are not weak; each is hash, flags, index, name, distance to the next.</summary>
    private static List<ulong> FindStrong(ElfImage elf, string version)
    {
        List<ulong> found = [];
        if (!elf.Has(ElfTag.NeededVersions)) return found;

        ulong library = elf.Table(ElfTag.NeededVersions);
        for (ulong left = elf.Value(ElfTag.NeededVersionsCount); left > 0; left--)
        {
            if (elf.UInt16(library) != 1) throw ElfImage.Refusal("its list of needed versions has an unknown layout");
            ulong entry = library + elf.UInt32(library + 8);
            for (int entriesLeft = elf.UInt16(library + 2); entriesLeft > 0; entriesLeft--)
            {
                if (Asks(elf, entry, version) && (elf.UInt16(entry + 4) & WeakFlag) == 0) found.Add(entry);
                entry = Next(elf, entry, isLast: entriesLeft == 1);
            }

            library = Next(elf, library, isLast: left == 1);
        }

        return found;
    }

    private static bool Asks(ElfImage elf, ulong entry, string version)
    {
        if (elf.Text(elf.UInt32(entry + 8)) != version) return false;
        if (elf.UInt32(entry) != Hash(version)) throw ElfImage.Refusal($"the hash of '{version}' in it is another than that of the name");
        return true;
    }

    private static ulong Next(ElfImage elf, ulong entry, bool isLast)
    {
        uint distance = elf.UInt32(entry + 12);
        return distance > 0 || isLast ? entry + distance : throw ElfImage.Refusal("its list of needed versions ends too early");
    }

    /// <summary>
    /// A symbol is bound by relocations only: without one it may as well be absent, with one its first call would end the process.
    /// </summary>
    private static void RefuseIfUsed(ElfImage elf, string version, int index)
    {
        bool isKnownKind = !elf.Has(ElfTag.RelocationsWithoutAddend)
            && (!elf.Has(ElfTag.CallRelocations) || elf.Value(ElfTag.CallRelocationsKind) == (ulong)ElfTag.Relocations);
        if (!isKnownKind) throw ElfImage.Refusal("its relocations are of an unknown kind");

        RefuseIfUsed(elf, version, index, ElfTag.Relocations, ElfTag.RelocationsSize);
        RefuseIfUsed(elf, version, index, ElfTag.CallRelocations, ElfTag.CallRelocationsSize);
    }

    private static void RefuseIfUsed(ElfImage elf, string version, int index, ElfTag table, ElfTag tableSize)
    {
        if (!elf.Has(table)) return;

        ulong relocations = elf.Table(table);
        ulong size = elf.Value(tableSize);
        ulong versions = elf.Table(ElfTag.SymbolVersions);
        for (ulong at = 0; at < size; at += RelocationSize)
        {
            uint symbol = elf.UInt32(relocations + at + 12);
            if ((elf.UInt16(versions + VersionSize * symbol) & IndexMask) != index) continue;

            string name = elf.Text(elf.UInt32(elf.Table(ElfTag.Symbols) + SymbolSize * symbol));
            throw new InvalidOperationException(
                $"The native library uses '{name}' of version {version}; use a system whose libraries have that version.");
        }
    }

    /// <summary>The hash by which the loader looks a version up (System V ABI, chapter 5, "Hash Table").</summary>
    private static uint Hash(string name)
    {
        uint hash = 0;
        foreach (char letter in name)
        {
            hash = (hash << 4) + letter;
            hash = (hash ^ ((hash & 0xf0000000) >> 24)) & 0x0fffffff;
        }

        return hash;
    }
}
