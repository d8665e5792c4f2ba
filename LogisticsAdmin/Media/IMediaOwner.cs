using LogisticsAdmin.Data;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Media;

/// <summary>A slice whose rows refer to stored pictures. Media serves and sweeps the files and asks their owner about the rows.</summary>
public interface IMediaOwner
{
    /// <summary>Whether one of the owner's rows refers to the picture and the actor may see it there.</summary>
    Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct);

    /// <summary>All the owner's rows that refer to a picture.</summary>
    IQueryable<MediaReference> References(LogisticsDb db);

    /// <summary>Deletes the rows of uploads that were never used and are older than this, and returns their keys.</summary>
    Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct);
}
