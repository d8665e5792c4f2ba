using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

public sealed class LockedVoiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cases_wait_for_the_end_of_the_lock_and_a_form_that_is_sent_again_is_one_case()
    {
        await using var host = await LockedDatabase.OpenAsync(TestHost.Start);
        var (resident, office, admin) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Administrator));
        var (id, hidden) = (await resident.SendAsync(), await resident.SendAsync("匿名的意见", anonymous: true));
        var photo = await office.PhotoAsync();
        var recorded = new VoiceIntakeForm { Key = Guid.NewGuid(), PersonId = resident.PersonId, Kind = VoiceKind.Praise, Text = "阿姨很热心" };
        var form = new VoiceSubmitForm { Key = Guid.NewGuid(), Kind = VoiceKind.Suggestion, Text = "建议装快递架" };
        var published = new VoicePublishForm { Title = "热水供应时间", Question = "希望热水晚一点停", Answer = "已延长" };
        (string Name, Func<Task> Act)[] verbs =
        [
            ("submit", () => resident.Get<VoiceMine>().SubmitAsync(form, Ct)),
            ("record", () => office.Get<VoiceIntake>().RecordAsync(recorded, Ct)),
            ("take", () => office.DoAsync(id, VoiceVerb.Take)),
            ("reply", () => office.DoAsync(id, VoiceVerb.Reply, new VoiceVerbForm { Text = "正在核实", Photos = [photo] })),
            ("note", () => office.DoAsync(id, VoiceVerb.Note, "已打电话")),
            ("escalate", () => office.DoAsync(id, VoiceVerb.Escalate, "需要协调")),
            ("settle", () => office.DoAsync(id, VoiceVerb.Settle, "已办")),
            ("publish", () => office.Get<VoiceBoard>().PublishAsync(id, published, Ct)),
            ("reopen", () => resident.SayAsync(id, VoiceVerb.Reopen, "没有解决")),
            ("open the name", () => admin.Get<VoiceNames>().OpenAsync(hidden, new VoiceVerbForm { Text = "涉及安全" }, Ct)),
        ];

        await LockedDatabase.RefusedAsync(host, verbs);
        Assert.Equal((VoiceState.New, null), (await host.StoredAsync(id)) switch { var c => (c.State, c.OwnerId) });
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Set<VoiceNameOpening>().CountAsync(Ct)));

        await LockedDatabase.GoesAsync(verbs);
        await resident.Get<VoiceMine>().SubmitAsync(form, Ct);
        await office.Get<VoiceIntake>().RecordAsync(recorded, Ct);
        Assert.Equal(4, await host.InDatabaseAsync(db => db.VoiceCases.CountAsync(Ct)));
        Assert.Equal(VoiceState.Reopened, (await host.StoredAsync(id)).State);
    }
}
