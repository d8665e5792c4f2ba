using LogisticsAdmin.Data;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Registries;

/// <summary>
/// The smallest possible slice, only for tests: it registers one of each registry type. Its office parts are for managers and above, its phone
/// parts for residents.
/// </summary>
internal static class SampleSlice
{
    public const string Address = "samples";

    public static readonly LocalName Name = new("样例", "Samples");

    public static IServiceCollection AddSampleSlice(this IServiceCollection services) => services
        .AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Settings, 99, Address, Name, "list", Policies.Management) { Count = typeof(SampleCount) })
        .AddSingleton<IPortalTab>(new PortalTab("my/samples", Name, "list", actor => actor.Is(Role.Resident) ? 50 : null))
        .AddSingleton<IPortalCard>(new PortalCard(200, typeof(SampleCard)) { Only = actor => actor.Is(Role.Resident) })
        .AddScoped<ISearchProvider, SampleSearch>()
        .AddSingleton<ICommandItem>(new CommandItem(50, "add-sample", new LocalName("登记样例", "Add a sample"))
        {
            Address = $"{Address}/new",
            Only = actor => actor.IsManagement,
        })
        .AddSingleton<INotificationKind, SampleExpired>()
        .AddSingleton<ITopBarItem, SampleTopBarItem>()
        .AddSingleton<IPageBanner, SampleBanner>()
        .AddSingleton<IPortalSignal, SampleSignal>()
        .AddScoped<IPersonSection, SamplesOfPerson>()
        .AddSingleton<IAuditWords>(new AuditWords<SampleText>(typeof(Sample)))
        .AddSingleton<SampleDeadlines>()
        .AddSingleton<ILevelScope>(sp => sp.GetRequiredService<SampleDeadlines>())
        .AddSingleton<IMediaOwner, SamplePictures>()
        .AddSingleton<IReportSection, SampleReport>();

    /// <summary>An entity by its name only: the tests write its audit entries themselves.</summary>
    public sealed class Sample;

    /// <summary>Deadlines without levels of their own; each recalculation releases <see cref="Recalculated"/>.</summary>
    public sealed class SampleDeadlines : ILevelScope, IDisposable
    {
        public SemaphoreSlim Recalculated { get; } = new(0);
        public string Key => "samples";
        public LocalName Name => SampleSlice.Name;

        public Task<IReadOnlyList<LevelSubject>> SubjectsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<LevelSubject>>([]);

        public Task<bool> OffersAsync(LogisticsDb db, long subjectId, CancellationToken ct) => Task.FromResult(false);

        public Task<int> RecalculateAsync(CancellationToken ct)
        {
            Recalculated.Release();
            return Task.FromResult(0);
        }

        public void Dispose() => Recalculated.Dispose();
    }

    /// <summary>One picture, which residents may see.</summary>
    public sealed class SamplePictures : IMediaOwner
    {
        public static readonly Guid Key = new("5a1e0000-0000-4000-8000-000000000001");

        public Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct) => Task.FromResult(key == Key && actor.Is(Role.Resident));

        public IQueryable<MediaReference> References(LogisticsDb db) =>
            db.Users.Where(p => p.UserName == "student").Select(p => new MediaReference { Id = p.Id, Key = Key });

        public Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct) =>
            Task.FromResult<IReadOnlyCollection<Guid>>([]);
    }

    public sealed class SampleExpired : INotificationKind
    {
        public const int Kind = 9_001;

        public int Id => Kind;
        public string Icon => "M4 4h16v16H4z";
        public IReadOnlyList<Role> Recipients => [Role.Resident];

        public LocalName TextFor(string? argument) => new($"样例到期：{argument}", $"Sample expired: {argument}");

        public string Address(Actor reader, string subject) => $"my/samples/{subject}";
    }

    private sealed class SampleBanner : IPageBanner
    {
        public int Order => 90;
        public Type? Office => null;
        public Type? Phone => typeof(SampleInTopBar);
    }

    private sealed class SampleSignal : IPortalSignal
    {
        public string Name => "samples";

        public bool Wants(LogisticsAdmin.Live.Change change, long personId) => false;

        public ValueTask<string> StateAsync(Actor actor, long since, CancellationToken ct) => ValueTask.FromResult("");
    }

    private sealed class SampleTopBarItem : ITopBarItem
    {
        public int Order => 1;
        public Type? Office => null;
        public Type? Phone => typeof(SampleInTopBar);
    }

    private sealed class SampleInTopBar : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddMarkupContent(0, "<b data-sample-top>样例</b>");
    }

    private sealed class SampleCount : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "7");
    }

    private sealed class SampleCard : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddMarkupContent(0, "<section class=\"card\" data-sample>样例卡片</section>");
    }

    private sealed class SampleSearch : ISearchProvider
    {
        public int Order => 99;
        public string Kind => "sample";
        public IReadOnlyList<LocalName> SearchedBy { get; } = [new("样例编号", "sample number")];
        public int MaxHits => 3;
        public int MaxHitsBesideOthers => 2;

        public bool IsFor(Actor actor) => actor.IsManagement;

        public Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default) => Task.FromResult<IReadOnlyList<SearchHit>>(
            [.. Enumerable.Range(1, 5).Select(n => new SearchHit($"{Address}/{n}", $"{n}", $"S-{n}", $"样例 {typed}", "在用")).Take(take)]);
    }

    private sealed class SamplesOfPerson(CurrentUser user) : IPersonSection
    {
        public LocalName Title => Name;
        public LocalName? EmptyText => null;

        public Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct) => Task.FromResult(user.Actor.IsManagement
            ? new PageSection(
                1,
                [new SectionLine(DateTimeOffset.UnixEpoch, "S-1", "样例", Name, $"{Address}/1")],
                new SectionLink(new LocalName("全部样例", "All samples"), Address))
            : null);
    }
}
