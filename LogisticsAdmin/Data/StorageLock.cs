using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Allows one app at a time in a storage directory. The kernel releases the lock when the process ends, however it ends.
/// </summary>
public sealed class StorageLock(IOptions<StorageOptions> storage) : IDisposable
{
    private FileStream? _file;

    /// <summary>Takes the lock, or refuses as <see cref="StartupProblem"/> when another process holds it.</summary>
    public void Acquire()
    {
        if (_file is not null) return;
        var path = Path.Combine(storage.Value.Root, ".lock");
        try
        {
            Directory.CreateDirectory(storage.Value.Root);
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw StartupProblem.InUse(storage.Value.Root, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw StartupProblem.Unwritable(storage.Value.Root, e);
        }
    }

    // EWOULDBLOCK of Linux and macOS; sharing and lock violation of Windows.
    private static bool IsHeldByAnother(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }
}
