using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>What the tests of mail have in common.</summary>
internal static class Mailing
{
    public const string Address = "https://repairs.example.edu/logistics";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Settings with which mail goes to a server of the test.</summary>
    public static Action<IServiceCollection> To(int port, Action<MailOptions>? change = null) => services =>
    {
        services.Configure<OfficeOptions>(o => o.Address = Address);
        services.Configure<MailOptions>(o =>
        {
            (o.Host, o.Port, o.Security, o.From) = ("127.0.0.1", port, MailSecurity.None, "后勤服务中心 <repairs@example.edu>");
            change?.Invoke(o);
        });
    };

    extension(TestHost host)
    {
        public OutboxRunner Runner => host.Services.GetRequiredService<OutboxRunner>();

        /// <summary>Gives the person a confirmed e-mail, and the mode for all kinds.</summary>
        public Task<long> WithMailAsync(string userName, MailMode? mode = MailMode.AtOnce, string? email = null) => host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == userName, Ct);
            person.Describe(person.FullName, person.Number, person.PhoneNumber, email ?? $"{userName}@example.edu");
            if (mode is { } chosen)
                foreach (var kind in Enum.GetValues<RepairNotification>()) db.Add(new MailPreference(person.Id, (int)kind, chosen));
            await db.SaveChangesAsync(Ct);
            return person.Id;
        });

        /// <summary>Puts messages of a kind that everybody may get into an inbox; they are about a ticket of the resident.</summary>
        public Task<int> TellAsync(long personId, string subject, int count = 1, RepairNotification kind = RepairNotification.Replied, string? about = null) =>
            host.InDatabaseAsync(db =>
            {
                for (var n = 0; n < count; n++) db.Inbox.Add(new InboxItem(personId, (int)kind, subject, null, host.Clock.GetUtcNow(), about));
                return db.SaveChangesAsync(Ct);
            });

        public Task<List<OutboxMessage>> OutboxAsync() =>
            host.InDatabaseAsync(db => db.Outbox.AsNoTracking().Where(m => m.Channel == MailChannel.Name).OrderBy(m => m.Id).ToListAsync(Ct));

        public async Task<OutboxMessage> OnlyMailAsync() => Assert.Single(await host.OutboxAsync());

        /// <summary>A ticket of the resident, who has mail, and one message about it that is to be sent.</summary>
        public async Task<string> WaitingMailAsync()
        {
            var person = await host.WithMailAsync(TestUsers.Resident);
            var ticket = await host.TicketAsync();
            await host.InDatabaseAsync(async db => await BulkRemoveAsync(db));
            await host.TellAsync(person, ticket.Number, about: "洗手池水龙头关不紧");
            return ticket.Number;
        }
    }

    private static async Task<int> BulkRemoveAsync(LogisticsAdmin.Data.LogisticsDb db)
    {
        db.RemoveRange(await db.Outbox.ToListAsync(Ct));
        return await db.SaveChangesAsync(Ct);
    }
}
