using LogisticsAdmin.Features.News.Columns;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;


namespace LogisticsAdmin.Tests.News;

/// <summary>Columns, templates, saved audiences and the right to publish: only administrators set them, and each change can be undone.</summary>
public sealed class NewsSettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, false)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_administrators_read_and_change_the_settings(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(who);
        var (columns, templates) = (desk.Get<ColumnSettings>(), desk.Get<TemplateSettings>());
        var (groups, publishers) = (desk.Get<GroupSettings>(), desk.Get<PublisherSettings>());
        var dispatcher = (await host.AsAsync(TestUsers.Dispatcher)).PersonId;
        var first = await FirstColumnAsync(host);
        foreach (var act in new Func<Task>[]
        {
            () => columns.ListAsync(Ct), () => templates.ListAsync(Ct), () => groups.ListAsync(Ct), () => publishers.ListAsync(Ct),
            () => publishers.CandidatesAsync(Ct), () => columns.SaveAsync(null, Column("canteen", "食堂"), Ct), () => columns.MoveAsync(first, false, Ct),
            () => templates.SaveAsync(null, Template("gas-cut", first), Ct), () => groups.AddAsync(Group("全体住户"), NewsSteps.Role("Resident"), Ct),
            () => publishers.GrantAsync(new PublisherForm { PersonId = dispatcher }, Ct), () => publishers.RevokeAsync(dispatcher, Ct),
        })
        {
            if (may) await act();
            else Assert.True(await Record.ExceptionAsync(act) is Forbidden or NotFound);
        }
        Assert.Equal(may, await host.InDatabaseAsync(db => db.NewsColumns.AnyAsync(c => c.Code == "canteen", Ct)));
    }

    [Fact]
    public async Task A_column_is_added_changed_moved_retired_and_restored_and_each_can_be_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (columns, undo) = (admin.Get<ColumnSettings>(), admin.Get<ColumnsUndo>());
        await columns.SaveAsync(null, Column("canteen", "食堂"), Ct);
        var added = (await columns.ListAsync(Ct))[^1];
        Assert.Equal(("canteen", true, "食堂"), (added.Code, added.IsLast, added.Name.Zh));

        Assert.Equal("CodeTaken", await RefusedAsync(() => columns.SaveAsync(null, Column("canteen", "食堂二"), Ct)));
        Assert.Equal("CodeTaken", await RefusedAsync(() => columns.SaveAsync(null, Column("notices", "全部"), Ct)));
        Assert.Equal("NameTaken", await RefusedAsync(() => columns.SaveAsync(null, Column("canteen-2", "食堂"), Ct)));
        await Assert.ThrowsAsync<Rejected>(() => columns.SaveAsync(null, Column("Canteen 2", "食堂二"), Ct));

        await columns.MoveAsync(added.Id, isUp: true, Ct);
        Assert.Equal("canteen", (await columns.ListAsync(Ct))[^2].Code);
        var form = Column("canteen", "食堂与超市");
        (form.Version, form.NeedsReview) = ((await ColumnAsync(columns)).Version, true);
        await columns.SaveAsync(added.Id, form, Ct);
        Assert.True(await ColumnAsync(columns) is { NeedsReview: true, Name.Zh: "食堂与超市" });
        await Assert.ThrowsAsync<Stale>(() => columns.SaveAsync(added.Id, form, Ct));
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.True(await ColumnAsync(columns) is { NeedsReview: false, Name.Zh: "食堂" });

        await columns.RetireAsync(added.Id, Ct);
        Assert.NotNull((await ColumnAsync(columns)).RetiredAt);
        await Assert.ThrowsAsync<NotFound>(() => admin.Get<NewsService>().CreateAsync(added.Id, Ct));
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Null((await ColumnAsync(columns)).RetiredAt);

        var outages = (await columns.ListAsync(Ct)).Single(c => c.Code == "outages");
        Assert.Equal("ColumnHasTemplates", await RefusedAsync(() => columns.RetireAsync(outages.Id, Ct)));

        static async Task<ColumnRow> ColumnAsync(ColumnSettings columns) => (await columns.ListAsync(Ct)).Single(c => c.Code == "canteen");
    }

    [Fact]
    public async Task A_template_names_its_placeholders_and_follows_its_column()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (templates, columns, undo) = (admin.Get<TemplateSettings>(), admin.Get<ColumnSettings>(), admin.Get<TemplatesUndo>());
        await columns.SaveAsync(null, Column("gas", "燃气"), Ct);
        var column = (await columns.ListAsync(Ct)).Single(c => c.Code == "gas");
        await templates.SaveAsync(null, Template("gas-cut", column.Id), Ct);
        var stored = await StoredAsync();
        Assert.Equal(["日期", "范围", "时间"], stored.Placeholders);

        var form = Template("gas-cut", column.Id);
        (form.Version, form.Title, form.Outage) = (stored.Version, "停气", OutageKind.Gas);
        await templates.SaveAsync(stored.Id, form, Ct);
        Assert.Equal(("停气", (OutageKind?)OutageKind.Gas), ((await StoredAsync()).Title, (await StoredAsync()).Outage));
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal((stored.Title, (OutageKind?)null), ((await StoredAsync()).Title, (await StoredAsync()).Outage));

        await templates.RetireAsync(stored.Id, Ct);
        await columns.RetireAsync(column.Id, Ct);
        Assert.Equal("ColumnNotInUse", await RefusedAsync(() => templates.RestoreAsync(stored.Id, Ct)));
        Assert.Equal("ColumnNotInUse", await RefusedAsync(() => templates.SaveAsync(null, Template("gas-2", column.Id), Ct)));
        await columns.RestoreAsync(column.Id, Ct);
        await templates.RestoreAsync(stored.Id, Ct);
        Assert.Null((await StoredAsync()).RetiredAt);

        async Task<TemplateRow> StoredAsync() => (await templates.ListAsync(Ct)).Single(t => t.Code == "gas-cut");
    }

    [Fact]
    public async Task A_saved_audience_is_counted_and_stays_while_something_names_it()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (groups, undo) = (admin.Get<GroupSettings>(), admin.Get<GroupsUndo>());
        await groups.AddAsync(Group("全体住户"), NewsSteps.Role("Resident"), Ct);
        var group = Assert.Single(await groups.ListAsync(Ct));
        Assert.True(group is { Addressed: > 0, UsedBy: 0 });
        Assert.Equal("NameTaken", await RefusedAsync(() => groups.AddAsync(Group("全体住户"), NewsSteps.Role("Resident"), Ct)));
        Assert.Equal("GroupOfEveryone", await RefusedAsync(() => groups.AddAsync(Group("全体"), AudienceRule.Everyone, Ct)));

        await groups.RenameAsync(group.Id, new GroupForm { Version = group.Version, Name = "住户" }, Ct);
        Assert.Equal((group.Rule, "住户"), (Assert.Single(await groups.ListAsync(Ct)).Rule, Assert.Single(await groups.ListAsync(Ct)).Name.Zh));
        await undo.UndoAsync(undo.Latest!.Value, Ct);

        var line = new AudienceLine(AudienceField.Group, [group.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        var draft = await admin.DraftNewsAsync(form => form.Audience = new AudienceRule([line], []));
        Assert.Equal(1, Assert.Single(await groups.ListAsync(Ct)).UsedBy);
        Assert.Equal("GroupInUse", await RefusedAsync(() => groups.RetireAsync(group.Id, Ct)));
        await admin.Get<NewsService>().DiscardAsync(draft.Id, Ct);
        await groups.RetireAsync(group.Id, Ct);
        Assert.NotNull(Assert.Single(await groups.ListAsync(Ct)).RetiredAt);
    }

    [Fact]
    public async Task The_right_to_publish_is_given_and_taken_and_stands_in_the_audit_log()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, dispatcher) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Dispatcher));
        var (publishers, undo) = (admin.Get<PublisherSettings>(), admin.Get<PublishersUndo>());
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.DraftNewsAsync());
        Assert.Contains(await publishers.CandidatesAsync(Ct), c => c.Id == dispatcher.PersonId && c.Roles.Contains(Role.Dispatcher));

        await publishers.GrantAsync(new PublisherForm { PersonId = dispatcher.PersonId }, Ct);
        await dispatcher.DraftNewsAsync();
        Assert.True(Assert.Single(await publishers.ListAsync(Ct)) is { HasEffect: true, GrantedBy: "郑海涛" });
        Assert.DoesNotContain(await publishers.CandidatesAsync(Ct), c => c.Id == dispatcher.PersonId);

        await publishers.RevokeAsync(dispatcher.PersonId, Ct);
        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.DraftNewsAsync());
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        await dispatcher.DraftNewsAsync();
        var entries = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(Person) && a.Field == "MayPublish").OrderBy(a => a.Id)
            .Select(a => new { a.EntityId, a.Old, a.New, a.ActorId }).ToListAsync(Ct));
        Assert.Equal([(null, "✓"), ("✓", null), (null, "✓")], entries.Select(e => (e.Old, e.New)));
        Assert.All(entries, e => Assert.Equal((dispatcher.PersonId, (long?)admin.PersonId), (e.EntityId, e.ActorId)));

        var resident = (await host.AsAsync(TestUsers.Resident)).PersonId;
        Assert.Equal("MayNotPublish", await RefusedAsync(() => publishers.GrantAsync(new PublisherForm { PersonId = resident }, Ct)));
    }

    private static ColumnForm Column(string code, string name) => new() { Code = code, Name = name, NameEn = code };

    private static TemplateForm Template(string code, long column) => new()
    {
        Code = code,
        Name = code,
        ColumnId = column,
        Title = "{日期}{范围}停气通知",
        Body = "{日期} {时间} 停气。",
    };

    private static GroupForm Group(string name) => new() { Name = name };

    private static Task<long> FirstColumnAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.NewsColumns.OrderBy(c => c.Order).Select(c => c.Id).FirstAsync(Ct));

    private static async Task<string?> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Code;
}
