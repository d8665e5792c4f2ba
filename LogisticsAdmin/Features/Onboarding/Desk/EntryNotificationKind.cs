using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>A message to a freshman about a bed that the office gave or took back: the subject is the bed.</summary>
internal sealed class EntryNotificationKind : INotificationKind
{
    public const int BedGiven = 114, BedTakenBack = 115;

    public static readonly IReadOnlyList<int> All = [BedGiven, BedTakenBack];

    private static readonly LocalName OfArrival = LocalName.Of<EntryDeskText>("Message.Group");

    private readonly LocalName _text;

    public EntryNotificationKind(int id)
    {
        var key = id switch
        {
            BedGiven => "BedGiven",
            BedTakenBack => "BedTakenBack",
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
        };
        (Id, Label, _text) = (id, LocalName.Of<EntryDeskText>($"MessageLabel.{key}"), LocalName.Of<EntryDeskText>($"Message.{key}"));
    }

    public int Id { get; }
    public string Icon => "M3 18v-8M3 15h18v3M21 15v-3a3 3 0 0 0-3-3h-8v6M6 12h1";
    public IReadOnlyList<Role> Recipients { get; } = [Role.Resident];
    public LocalName Label { get; }
    public LocalName? Group => OfArrival;

    public LocalName TextFor(string? argument) => _text;

    public string Address(Actor reader, string subject) => "my/onboarding";
}
