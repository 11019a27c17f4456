using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace MLNet.Embeddings;

/// <summary>Gives a file the owner, the group and the permissions of the one that it replaces. .NET itself reads and sets permissions only.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class UnixOwner
{
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Sets what the process may set; where it may not, the file keeps its own owner or group.</summary>
    /// <param name="replaced">The file to be replaced.</param>
    /// <param name="file">The new file, which is open.</param>
    internal static void Keep(string replaced, SafeFileHandle file)
    {
        // Root may give files away; others may give theirs to a group that they are in.
        if (Find(replaced) is var (user, group) && Change(file, user, group) != 0) _ = Change(file, Unchanged, group);
        // After the owner: a change of owner takes bits of the mode away.
        File.SetUnixFileMode(file, File.GetUnixFileMode(replaced));
    }

    /// <summary>The numbers of a file's owner and group; null where this system's way to ask is not known.</summary>
    private static (uint User, uint Group)? Find(string path)
    {
        const int CurrentFolder = -100, User = 0x8, Group = 0x10;
        Span<byte> status = stackalloc byte[256];
        try
        {
            // Their places in struct statx of Linux, and in struct stat of macOS, are the same on every processor.
            if (OperatingSystem.IsLinux()) return StatusOnLinux(CurrentFolder, path, 0, User | Group, status) == 0 ? At(status, 20) : null;
            if (!OperatingSystem.IsMacOS()) return null;
            bool isArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
            return (isArm ? StatusOnMacOS(path, status) : StatusOnMacOSX64(path, status)) == 0 ? At(status, 16) : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A libc of before 2018.
            return null;
        }
    }

    private static (uint User, uint Group) At(ReadOnlySpan<byte> status, int place) =>
        (MemoryMarshal.Read<uint>(status[place..]), MemoryMarshal.Read<uint>(status[(place + sizeof(uint))..]));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnLinux(int folder, string path, int flags, uint wanted, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnMacOS(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatusOnMacOSX64(string path, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int Change(SafeFileHandle file, uint user, uint group);
}
