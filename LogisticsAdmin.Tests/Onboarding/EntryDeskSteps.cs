using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Steps of the tests of the check-in desk.</summary>
internal static class EntryDeskSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>All that a check-in needs where the data was not confirmed.</summary>
    public static CheckInForm Late(string? keys = null) => new() { Because = "现场确认", KeyLabels = keys };

    extension(TestHost host)
    {
        public async Task<EntryDeskService> DeskAsync(string who = TestUsers.Dispatcher) => (await host.AsAsync(who)).Get<EntryDeskService>();

        /// <summary>Gives a bed and returns the id of the person.</summary>
        public async Task<long> GivenAsync(string user, long bed)
        {
            var person = (await host.FreshmanAsync(user)).PersonId;
            await (await host.DeskAsync()).GiveBedAsync(person, new GiveBedForm { BedId = bed }, Ct);
            return person;
        }

        public Task<Person> PersonAsync(string user) =>
            host.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync(p => p.UserName == user, Ct));

        /// <summary>Changes a freshman as it is stored.</summary>
        public Task ChangeAsync(string user, Action<Freshman> change) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var person = await db.Users.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync(token);
            change(await db.Freshmen.SingleAsync(f => f.PersonId == person, token));
            return 0;
        }, Ct));

        public Task<int> MessagesAsync(long person, int kind) =>
            host.InDatabaseAsync(db => db.Set<LogisticsAdmin.Features.Inbox.InboxItem>().CountAsync(i => i.PersonId == person && i.Kind == kind, Ct));
    }

    /// <summary>The code of the refusal; null when it was done.</summary>
    public static async Task<string?> CodeOfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }
}
