using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>
/// Writes the mail about each new message in an inbox, for those who want it, in the same transaction, whichever slice adds the message and
/// whether one or fifty thousand at once. While mail is off it does nothing.
/// </summary>
internal sealed class OutboxSaveStep(IOptions<MailOptions> mail, IEnumerable<INotificationKind> kinds, OfficeTime office) : ISaveStep
{
    // A query has a limit of parameters.
    private const int Chunk = 500;

    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);

    public Type Entity => typeof(InboxItem);
    public bool IsActive => mail.Value.IsOn;

    public async Task AddedAsync(LogisticsDb db, IReadOnlyList<object> added, CancellationToken ct)
    {
        foreach (var items in Unread(added).Chunk(Chunk))
        {
            var people = PeopleOf(items);
            var modes = (await Preferences(db, people).ToListAsync(ct)).ToDictionary(p => (p.PersonId, p.Kind), p => p.Mode);
            var wanted = Wanted(items, modes);
            if (wanted.Count == 0) continue;
            var reached = (await Reached(db, people).ToListAsync(ct)).ToHashSet();
            db.AddRange(Messages(wanted, reached, isBulk: false));
        }
    }

    public void AddedInBulk(LogisticsDb db, BulkWriter bulk, IReadOnlyList<object> added)
    {
        foreach (var items in Unread(added).Chunk(Chunk))
        {
            var people = PeopleOf(items);
            var modes = Preferences(db, people).ToList().ToDictionary(p => (p.PersonId, p.Kind), p => p.Mode);
            var wanted = Wanted(items, modes);
            if (wanted.Count > 0) bulk.AddUnaudited(Messages(wanted, Reached(db, people).ToHashSet(), isBulk: true));
        }
    }

    private static IEnumerable<InboxItem> Unread(IReadOnlyList<object> added) => added.Cast<InboxItem>().Where(i => i.ReadAt is null);

    private static long[] PeopleOf(InboxItem[] items) => [.. items.Select(i => i.PersonId).Distinct()];

    private static IQueryable<MailPreference> Preferences(LogisticsDb db, long[] people)
    {
        var preferences = db.MailPreferences;
        return preferences.AsNoTracking().Where(p => people.Contains(p.PersonId));
    }

    private static IQueryable<long> Reached(LogisticsDb db, long[] people) =>
        db.Users.AsNoTracking().Where(p => people.Contains(p.Id)).WithMail().Select(p => p.Id);

    private List<(InboxItem Item, MailMode Mode)> Wanted(InboxItem[] items, Dictionary<(long PersonId, int Kind), MailMode> modes)
    {
        List<(InboxItem, MailMode)> wanted = [];
        foreach (var item in items)
        {
            if (!_kinds.TryGetValue(item.Kind, out var kind)) continue;
            var mode = modes.TryGetValue((item.PersonId, item.Kind), out var chosen) ? chosen : MailPreference.UsualFor(kind);
            if (mode != MailMode.Off) wanted.Add((item, mode));
        }
        return wanted;
    }

    private IEnumerable<OutboxMessage> Messages(List<(InboxItem Item, MailMode Mode)> wanted, HashSet<long> reached, bool isBulk) =>
        from w in wanted
        where reached.Contains(w.Item.PersonId)
        let isDigest = w.Mode == MailMode.Daily
        select OutboxMessage.OfInbox(
            MailChannel.Name, w.Item, isDigest ? mail.Value.NextDigest(office) : office.Now, isDigest,
            isBulk && !_kinds[w.Item.Kind].IsUrgent);
}
