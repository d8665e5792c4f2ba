using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>
/// A message to somebody who leaves. It names no subject: a person leaves in one open round. The argument is the round and its days, or an amount in fen.
/// </summary>
internal sealed class LeavingNotificationKind : INotificationKind
{
    public const int Opened = 125, DamageFound = 126, CheckedOut = 127;

    public static readonly IReadOnlyList<int> All = [Opened, DamageFound, CheckedOut];

    private static readonly LocalName OfLeaving = LocalName.Of<LeavingText>("Message.Group");

    private readonly LocalName _pattern;

    public LeavingNotificationKind(int id)
    {
        var key = id switch
        {
            Opened => "Opened",
            DamageFound => "DamageFound",
            CheckedOut => "CheckedOut",
            _ => throw new ArgumentOutOfRangeException(nameof(id), id, null),
        };
        (Id, Label, _pattern) = (id, LocalName.Of<LeavingText>($"MessageLabel.{key}"), LocalName.Of<LeavingText>($"Message.{key}"));
    }

    public int Id { get; }
    public string Icon => "M10 4H5v16h5M14 8l4 4-4 4M18 12H9";
    public IReadOnlyList<Role> Recipients { get; } = [Role.Resident];
    public LocalName Label { get; }
    public LocalName? Group => OfLeaving;

    /// <summary>What is stored with a message about an open round.</summary>
    public static string DetailOf(LeavingRound round) => string.Create(
        CultureInfo.InvariantCulture, $"{round.Id} {round.FirstDay:yyyy-MM-dd} {round.LastDay:yyyy-MM-dd}");

    public static bool IsAbout(string? detail, long roundId) => TypedId.Parse((detail ?? "").Split(' ')[0]) == roundId;

    public LocalName TextFor(string? argument)
    {
        var fen = long.TryParse(argument, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var stored) ? stored : 0;
        var (first, last) = Id != Opened ? (new Money(fen).ToString(null, CultureInfo.InvariantCulture), "")
            : (argument ?? "").Split(' ') is [_, var from, var until] ? (from, until) : ("—", "—");
        return new LocalName(
            string.Format(CultureInfo.InvariantCulture, _pattern.Zh, first, last),
            string.Format(CultureInfo.InvariantCulture, _pattern.En, first, last));
    }

    public string Address(Actor reader, string subject) => LeavingAddresses.Mine;

    public async Task<bool> MaySeeAsync(LogisticsDb db, Actor reader, string subject, CancellationToken ct)
    {
        var (me, rounds) = (reader.PersonId, db.LeavingRounds);
        var mine = db.Leavers.Where(l => l.PersonId == me);
        return Id switch
        {
            Opened => await mine.AnyAsync(l => l.CheckedOutAt == null && rounds.Any(r => r.Id == l.RoundId && r.ClosedAt == null), ct),
            DamageFound => await mine.AnyAsync(l => l.DamageFen > 0 && l.DamagePaidAt == null, ct),
            _ => await mine.AnyAsync(l => l.CheckedOutAt != null, ct),
        };
    }
}
