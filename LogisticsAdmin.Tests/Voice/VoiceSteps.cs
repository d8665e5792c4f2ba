using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Steps that tests of cases share.</summary>
internal static class VoiceSteps
{
    public const string Text = "这周热水到晚上十点就停了";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(Desk desk)
    {
        public Task<long> SendAsync(
            string text = Text, bool anonymous = false, VoiceKind kind = VoiceKind.Complaint, string? about = null, string? key = null,
            string? place = null) =>
            desk.Get<VoiceMine>().SubmitAsync(
                new VoiceSubmitForm { Kind = kind, Text = text, Anonymous = anonymous, About = about, AboutKey = key, Place = place }, Ct);

        public Task DoAsync(long id, VoiceVerb verb, string? text = null) => desk.DoAsync(id, verb, new VoiceVerbForm { Text = text });

        public Task DoAsync(long id, VoiceVerb verb, VoiceVerbForm form) => desk.Get<VoiceService>().PerformAsync(id, verb, form, Ct);

        public Task<BulkResult> DoManyAsync(IReadOnlyList<long> ids, VoiceVerb verb, VoiceVerbForm form) => desk.Get<VoiceBulk>().RunAsync(
            new VoiceBulkRequest(verb, form, [.. ids.Select(id => new VoiceBulkCase(id, $"#{id}"))]), ct: Ct);

        public Task SayAsync(long id, VoiceVerb verb, string? text = null, Satisfaction? satisfaction = null) =>
            desk.Get<VoiceMine>().PerformAsync(id, verb, new VoiceAnswerForm { Text = text, Satisfaction = satisfaction }, Ct);

        /// <summary>The office records what somebody said.</summary>
        public Task<long> RecordAsync(
            long person, string text = Text, bool anonymous = false, string? place = null, Guid? key = null, VoiceKind kind = VoiceKind.Complaint,
            IReadOnlyList<Guid>? photos = null) =>
            desk.Get<VoiceIntake>().RecordAsync(
                new VoiceIntakeForm
                {
                    Key = key,
                    PersonId = person,
                    Kind = kind,
                    Text = text,
                    Anonymous = anonymous,
                    Place = place,
                    Photos = photos ?? [],
                }, Ct);

        /// <summary>An upload that no case has yet.</summary>
        public Task<Guid> PhotoAsync() => desk.Get<VoicePhotos>().UploadAsync(new MemoryStream(Repairs.Phone.Jpeg()), Ct);

        public Task<bool> SeesAsync(Guid photo) => desk.Get<VoicePhotos>().MaySeeAsync(photo, desk.Get<CurrentUser>().Actor, Ct);

        public Task<VoiceDetail> CaseAsync(long id) => desk.Get<VoiceQueries>().DetailAsync(id, Ct);

        public Task<VoiceDetail> MineAsync(long id) => desk.Get<VoiceMineQueries>().DetailAsync(id, Ct);

        public Task<IReadOnlyList<VoiceRow>> OpenAsync(VoiceFilter? filter = null) => desk.WindowAsync(filter ?? new VoiceFilter());

        private async Task<IReadOnlyList<VoiceRow>> WindowAsync(VoiceFilter filter) =>
            (await desk.Get<VoiceQueries>().WindowAsync(filter, 50, ct: Ct)).Items;
    }

    /// <summary>The stored case.</summary>
    public static Task<VoiceCase> StoredAsync(this TestHost host, long id) =>
        host.InDatabaseAsync(db => db.VoiceCases.AsNoTracking().SingleAsync(c => c.Id == id, Ct));

    /// <summary>Stores a case of the resident of the tests, so that pages of one case have something to show.</summary>
    public static async Task<int> AddFirstCaseAsync(LogisticsDb db)
    {
        if (await db.VoiceCases.AnyAsync()) return 0;
        var reporter = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync();
        var owner = await db.Users.Where(p => p.UserName == TestUsers.Dispatcher).Select(p => p.Id).SingleAsync();
        await db.WriteAsync(async token =>
        {
            var at = DateTimeOffset.UtcNow.AddHours(-3);
            var sent = VoiceCase.Submit(await db.NextNumberAsync(VoiceLimits.Series, new DateOnly(2026, 11, 1), token),
                new VoiceReport(VoiceKind.Complaint, Text, false), at);
            sent.Reply(owner, "您好，正在核实供水时段。", at.AddHours(1));
            sent.Settle(owner, "热水供应已延长到 23:30。", at.AddHours(2));
            db.VoiceCases.Add(sent);
            db.VoiceReporters.Add(new VoiceReporter(sent, reporter));
            await db.SaveChangesAsync(token);
            var published = new VoicePublication(sent.Id, sent.Kind, new DateOnly(2026, 11, 1), owner, at.AddHours(2));
            published.Describe("热水供应时间", "希望热水晚一点停", "热水供应已延长到 23:30。");
            db.VoicePublications.Add(published);
        });
        return 1;
    }
}
