using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>
/// A message about a case: the subject is its id, the argument a verb. What is sent to an anonymous reporter has the subject 0, so that nothing outside
/// their own pages says which case is theirs.
/// </summary>
internal sealed class VoiceNotificationKind(VoiceNotification kind) : INotificationKind
{
    public const string Unnamed = InboxItem.Unnamed;

    private const string Speech = "M4 5h16v11H11l-5 4v-4H4z";
    private const string Clock = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2";
    private const string Eye = "M2 12s4-7 10-7 10 7 10 7-4 7-10 7-10-7-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z";

    private static readonly LocalName OfVoice = LocalName.Of<VoiceText>("Message.Group");

    private static readonly Dictionary<string, LocalName> Did =
        Enum.GetNames<VoiceVerb>().ToDictionary(v => v, v => LocalName.Of<VoiceText>($"VoiceVerb.{v}"));

    private readonly LocalName _pattern = LocalName.Of<VoiceText>($"{nameof(VoiceNotification)}.{kind}");

    public int Id => (int)kind;

    public string Icon => kind switch
    {
        VoiceNotification.Limit => Clock,
        VoiceNotification.NameOpened => Eye,
        _ => Speech,
    };

    public IReadOnlyList<Role> Recipients => kind switch
    {
        VoiceNotification.Submitted => [Role.Dispatcher],
        VoiceNotification.Escalated or VoiceNotification.Appealed => [Role.Manager],
        _ when IsForReporter => Enum.GetValues<Role>(),
        _ => RoleGroups.Office,
    };

    public bool IsUrgent => kind is VoiceNotification.NameOpened;

    /// <summary>Beside the moments of a case's timeline, messages to its reporter would tell who that is.</summary>
    public bool IsPrivate => IsForReporter;
    public LocalName Label { get; } = LocalName.Of<VoiceText>($"MessageLabel.{kind}");
    public LocalName? Group => OfVoice;

    private bool IsForReporter => kind is VoiceNotification.Answered or VoiceNotification.NameOpened or VoiceNotification.Recorded;

    public LocalName TextFor(string? argument)
    {
        var did = Did.GetValueOrDefault(argument ?? "");
        return new LocalName(
            string.Format(CultureInfo.InvariantCulture, _pattern.Zh, did?.Zh), string.Format(CultureInfo.InvariantCulture, _pattern.En, did?.En));
    }

    public string Address(Actor reader, string subject) =>
        !IsForReporter ? $"voice/{subject}" : subject == Unnamed ? "my/voice" : $"my/voice/{subject}";

    public async Task<bool> MaySeeAsync(LogisticsDb db, Actor reader, string subject, CancellationToken ct)
    {
        if (!IsForReporter) return reader.IsOffice;
        if (subject == Unnamed) return true;
        var me = reader.PersonId;
        return TypedId.Parse(subject) is { } id
            && await db.VoiceReporters.AnyAsync(r => r.CaseId == id && r.PersonId == me, ct);
    }
}
