using LogisticsAdmin.Data;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Media;

/// <summary>A slice whose rows refer to stored files. Media serves and sweeps the files and asks their owner about the rows.</summary>
public interface IFileOwner
{
    /// <summary>The name of the file, if one of the owner's rows refers to it and the actor may have it there; else null.</summary>
    Task<string?> NameForAsync(Guid key, Actor actor, CancellationToken ct);

    /// <summary>All the owner's rows that refer to a file.</summary>
    IQueryable<FileReference> References(LogisticsDb db);

    /// <summary>Deletes the rows of files that were taken out or never used before this moment, and returns their keys.</summary>
    Task<IReadOnlyCollection<Guid>> DeleteUnusedAsync(DateTimeOffset before, CancellationToken ct);
}
