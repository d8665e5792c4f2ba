using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Steps of the tests of arrears and cut-offs.</summary>
internal static class ArrearsSteps
{
    /// <summary>The Monday after <see cref="TestHost.Start"/>.</summary>
    public static readonly DateOnly Monday = new(2026, 11, 23);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TestHost host)
    {
        /// <summary>Thresholds of a kind, as an administrator sets them.</summary>
        public async Task TermsAsync(
            string kind = "electricity", string? low = null, string? arrears = null, int days = 0, int coolDown = 7, string? cutOff = null, int notice = 3)
        {
            var id = (await host.FeeKindAsync(kind)).Id;
            var settings = (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>();
            await settings.SaveAsync(id, new SettingForm
            {
                Version = (await settings.KindsAsync(Ct)).Single(k => k.KindId == id).Version,
                LowBalance = low,
                Arrears = arrears,
                ReminderDays = days,
                CoolDownDays = coolDown,
                CutOff = cutOff,
                NoticeDays = notice,
            }, Ct);
        }

        /// <summary>A bill of so many yuan for the room of 王小雨, who lives there alone for the bill.</summary>
        public async Task<long> OwesAsync(int yuan, string kind = "electricity")
        {
            var room = await host.ResidentsRoomAsync();
            await host.RateAsync(kind, PriceRule.Flat(1));
            await host.MeterAsync(kind, room.Id, [(new(2026, 8, 31), 0), (new(2026, 9, 30), yuan)]);
            await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
            Assert.Single(await host.BillAsync(kind, "2026-09"));
            return room.Id;
        }

        public Task<int> RemindAsync() => host.AsSystem().Get<ArrearsRunner>().RemindAsync(Ct);

        public Task FollowUpAsync() => host.AsSystem().Get<ArrearsRunner>().FollowUpAsync(Ct);

        /// <summary>Moves the clock to this time in the office.</summary>
        public void MoveTo(DateOnly day, int hour, int minute = 0) =>
            host.Clock.SetUtcNow(host.Services.GetRequiredService<OfficeTime>().At(day, new TimeOnly(hour, minute)));

        /// <summary>The details of the messages of a kind that somebody got, the oldest first.</summary>
        public async Task<List<string?>> ToldAsync(int kind, string who = TestUsers.Resident)
        {
            var me = (await host.AsAsync(who)).PersonId;
            return await host.InDatabaseAsync(db =>
                db.Set<InboxItem>().Where(i => i.PersonId == me && i.Kind == kind).OrderBy(i => i.Id).Select(i => i.Detail).ToListAsync(Ct));
        }

        public Task<CutOffOrder> CutOffAsync() => host.InDatabaseAsync(db => db.CutOffOrders.AsNoTracking().SingleAsync(Ct));

        /// <summary>A cut-off of electricity of 100 yuan that is assigned to the technician, with its notice over: on Monday, 30 November, at 10:00.</summary>
        public async Task<long> AssignedCutOffAsync()
        {
            await host.TermsAsync(cutOff: "50");
            await host.OwesAsync(100);
            Assert.Equal(1, await host.RemindAsync());
            host.MoveTo(Monday.AddDays(7), 10);
            await host.FollowUpAsync();
            var id = (await host.CutOffAsync()).Id;
            var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<CutOffService>();
            await office.ApproveAsync(id, Ct);
            await office.AssignAsync(id, new CutOffAssignForm { TechnicianId = (await host.AsAsync(TestUsers.Technician)).PersonId }, Ct);
            return id;
        }
    }
}
