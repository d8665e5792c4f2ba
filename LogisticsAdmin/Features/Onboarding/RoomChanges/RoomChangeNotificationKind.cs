using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>A message about a request: the subject is its number.</summary>
internal sealed class RoomChangeNotificationKind : INotificationKind
{
    public const int Asked = 120, ToDecide = 121, Refused = 122, Done = 123, Agreed = 124;

    public static readonly IReadOnlyList<int> All = [Asked, ToDecide, Refused, Done, Agreed];

    private static readonly LocalName OfRoomChanges = LocalName.Of<RoomChangesText>("Message.Group");

    private readonly LocalName _text;

    public RoomChangeNotificationKind(int id)
    {
        var key = id switch
        {
            Asked => "Asked",
            ToDecide => "ToDecide",
            Refused => "Refused",
            Done => "Done",
            Agreed => "Agreed",
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
        };
        (Id, Label, _text) = (id, LocalName.Of<RoomChangesText>($"MessageLabel.{key}"), LocalName.Of<RoomChangesText>($"Message.{key}"));
    }

    public int Id { get; }
    public string Icon => "M4 8h13l-3-3M20 16H7l3 3";
    public IReadOnlyList<Role> Recipients => Id == ToDecide ? [Role.Dispatcher] : [Role.Resident];
    public LocalName Label { get; }
    public LocalName? Group => OfRoomChanges;

    public LocalName TextFor(string? argument) => _text;

    public string Address(Actor reader, string subject) => Id == ToDecide ? RoomChangeAddresses.Request(subject) : RoomChangeAddresses.Mine;

    public async Task<bool> MaySeeAsync(LogisticsDb db, Actor reader, string subject, CancellationToken ct)
    {
        if (Id == ToDecide) return reader.IsOffice;
        var me = reader.PersonId;
        return await db.RoomChanges.AnyAsync(
            c => c.Number == subject && (c.PersonId == me || c.OtherId == me || c.Votes.Any(v => v.PersonId == me)), ct);
    }
}
