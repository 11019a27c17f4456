using System.Buffers.Binary;
using System.Text;

namespace MLNet.Embeddings;

/// <summary>
/// The bytes of a 64-bit little-endian ELF shared library, read by way of its program headers, as the dynamic loader reads it
/// (System V ABI, chapters 4 and 5). No read leaves the file: whatever is amiss becomes a <see cref="FormatException"/>.
/// </summary>
internal readonly ref struct ElfImage
{
    private const uint LoadedSegment = 1;
    private const uint DynamicSegment = 2;
    private const ulong SegmentHeaderSize = 56;
    private const ulong DynamicEntrySize = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly Dictionary<ElfTag, ulong> _dynamic = [];

    /// <summary>Reads the headers and the dynamic section, and checks that the file is whole.</summary>
    internal ElfImage(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        if (!bytes.StartsWith("\u007fELF"u8)) throw Refusal("it does not begin as an ELF file does");
        if (UInt16(4) != 0x0102) throw Refusal("it is not a 64-bit little-endian file");
        if (UInt16(16) != 3) throw Refusal("it is not a shared library");
        if (UInt16(54) != SegmentHeaderSize) throw Refusal("its program headers have an unknown size");

        // The section headers are not needed; but linkers write them last, so without them the file was cut short.
        Slice(UInt64(40), (ulong)UInt16(58) * UInt16(60));
        Slice(UInt64(32), SegmentHeaderSize * UInt16(56));
        foreach (ulong segment in Segments(LoadedSegment)) Slice(UInt64(segment + 8), UInt64(segment + 32));
        foreach (ulong segment in Segments(DynamicSegment)) ReadDynamicSection(UInt64(segment + 8), UInt64(segment + 32));
    }

    internal bool Has(ElfTag tag) => _dynamic.ContainsKey(tag);

    /// <summary>The number that an entry of the dynamic section holds.</summary>
    internal ulong Value(ElfTag tag) =>
        _dynamic.TryGetValue(tag, out ulong value) ? value : throw Refusal($"its dynamic section has no entry '{tag}'");

    /// <summary>The place in the file of the table to which an entry of the dynamic section points.</summary>
    internal ulong Table(ElfTag tag)
    {
        ulong address = Value(tag);
        foreach (ulong segment in Segments(LoadedSegment))
        {
            ulong start = UInt64(segment + 16);
            if (address >= start && address - start < UInt64(segment + 32)) return UInt64(segment + 8) + (address - start);
        }

        throw Refusal($"the entry '{tag}' of its dynamic section points outside of the file");
    }

    internal ushort UInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, sizeof(ushort)));

    internal uint UInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, sizeof(uint)));

    internal ulong UInt64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, sizeof(ulong)));

    /// <summary>The text at that place of the string table.</summary>
    internal string Text(uint index)
    {
        ReadOnlySpan<byte> strings = Slice(Table(ElfTag.Strings), Value(ElfTag.StringsSize));
        ReadOnlySpan<byte> text = index < strings.Length ? strings[(int)index..] : [];
        int length = text.IndexOf((byte)0);
        return length >= 0 ? Encoding.UTF8.GetString(text[..length]) : throw Refusal("a name in it has no end");
    }

    internal static FormatException Refusal(string reason) =>
        new($"The native library is not of the form that is understood: {reason}. Restore the package it comes from anew.");

    private void ReadDynamicSection(ulong offset, ulong size)
    {
        Slice(offset, size);
        for (ulong entry = offset; entry - offset + DynamicEntrySize <= size; entry += DynamicEntrySize)
        {
            var tag = (ElfTag)UInt64(entry);
            if (tag == ElfTag.End) return;
            _dynamic.TryAdd(tag, UInt64(entry + 8));
        }
    }

    private List<ulong> Segments(uint kind)
    {
        List<ulong> headers = [];
        for (ulong index = 0; index < UInt16(56); index++)
        {
            ulong header = UInt64(32) + index * SegmentHeaderSize;
            if (UInt32(header) == kind) headers.Add(header);
        }

        return headers;
    }

    private ReadOnlySpan<byte> Slice(ulong offset, ulong length)
    {
        ulong size = (ulong)_bytes.Length;
        if (offset > size || length > size - offset) throw Refusal("it is cut short, or points outside of itself");
        return _bytes.Slice((int)offset, (int)length);
    }
}

/// <summary>The entries of an ELF dynamic section that are read here (System V ABI, chapter 5, and GNU symbol versioning).</summary>
internal enum ElfTag : ulong
{
    End = 0,
    CallRelocationsSize = 2,
    Strings = 5,
    Symbols = 6,
    Relocations = 7,
    RelocationsSize = 8,
    StringsSize = 10,
    RelocationsWithoutAddend = 17,
    CallRelocationsKind = 20,
    CallRelocations = 23,
    SymbolVersions = 0x6ffffff0,
    NeededVersions = 0x6ffffffe,
    NeededVersionsCount = 0x6fffffff,
}
