namespace MLNet.Embeddings;

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
