using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>Checks that the current room and bed of each person agree with the open occupancy.</summary>
internal sealed class HousingCheck : IStorageCheck
{
    public string Subject => "rooms and residents 房间与入住";

    public async IAsyncEnumerable<string> ProblemsAsync(LogisticsDb db, string directory, [EnumeratorCancellation] CancellationToken ct)
    {
        var apart = db.Users.AsNoTracking().Where(p => p.RoomId != null
                ? !db.Set<Occupancy>().Any(o => o.PersonId == p.Id && o.Until == null && o.RoomId == p.RoomId && o.BedId == p.BedId)
                : db.Set<Occupancy>().Any(o => o.PersonId == p.Id && o.Until == null))
            .Select(p => p.Id);
        await foreach (var id in apart.AsAsyncEnumerable().WithCancellation(ct))
            yield return $"Person {id} lives elsewhere than their history says.";
    }
}
