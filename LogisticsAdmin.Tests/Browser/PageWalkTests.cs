using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>
/// Walks over all pages, as few as see everything, because a walk takes minutes: in both languages and themes axe finds nothing, and in windows of all
/// widths nothing overflows or overlaps. A screenshot is kept for people to look at.
/// </summary>
[Collection(BrowserWalks.Name)]
public sealed class PageWalkTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    // Contrast depends on the theme, names and widths on the language: two walks cover each once. The busiest pages are walked in all four combinations.
    private static readonly string[] Busiest = ["repairs", "repairs-ticket", "my-repairs-new", "jobs", "account-login", "people"];

    // A tablet, half a monitor and a phone for the office; a monitor for what is made for phones.
    private static readonly int[] OfficeWidths = [1024, 768, Viewport.Phone], PortalWidths = [Viewport.Desk];

    private const string Measure = """
        () => {
          const problems = [];
          const nameOf = element => element.outerHTML.slice(0, 90).replace(/\s+/g, ' ');
          const isShown = element => element.checkVisibility() && element.getBoundingClientRect().width > 1 && !element.matches('.sr, .skip, .grow');
          const overlap = (one, other) => {
            const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
            return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
          };
          for (const element of [document.documentElement, document.querySelector('main'), ...document.querySelectorAll('.page, .bar')])
            if (element.scrollWidth > element.clientWidth + 1) {
              const edge = element.getBoundingClientRect().left + element.clientWidth + 1;
              const cause = [...element.querySelectorAll('*')].filter(e => isShown(e) && e.getBoundingClientRect().right > edge).map(nameOf).slice(0, 4);
              problems.push(`${element.scrollWidth - element.clientWidth} px too wide: ${nameOf(element)} because of ${cause.join(' ')}`);
            }
          for (const part of document.querySelectorAll('.top > *'))
            if (isShown(part) && part.getBoundingClientRect().right > innerWidth + 1) problems.push(`cut: ${nameOf(part)}`);
          const beside = [['.top', '.nav'], ['.nav', 'main'], ['.top', 'main']].map(pair => pair.map(p => document.querySelector(p)))
            .filter(pair => pair.every(part => part));
          for (const parent of document.querySelectorAll('.top, .bar, .page-head, .nav a')) {
            const parts = [...parent.children].filter(isShown);
            for (let i = 1; i < parts.length; i++) beside.push([parts[i - 1], parts[i]]);
          }
          for (const [one, other] of beside) if (overlap(one, other)) problems.push(`${nameOf(one)} overlaps ${nameOf(other)}`);
          for (const link of document.querySelectorAll('.nav a'))
            for (const part of [...link.children].filter(isShown))
              if (part.getBoundingClientRect().right > link.getBoundingClientRect().right + 1) problems.push(`out of its link: ${nameOf(part)}`);
          return problems;
        }
        """;

    [Theory]
    [InlineData(Viewport.Chinese, false, true)]
    [InlineData(Viewport.Chinese, true, false)]
    [InlineData(Viewport.English, false, false)]
    [InlineData(Viewport.English, true, true)]
    public async Task Every_page_satisfies_axe_and_fits_its_window(string language, bool dark, bool walksAll)
    {
        var pages = Pages.All(await TicketsAsync()).Where(p => walksAll || Busiest.Contains(p.Name)).ToList();
        Assert.Empty(Busiest.Except(pages.Select(p => p.Name)));
        await WalkAsync(pages, portal => new Viewport(language, dark, portal ? Viewport.Phone : Viewport.Desk), async (visitor, page) =>
        {
            await Expect(visitor.Page.Locator("html")).ToHaveAttributeAsync("lang", language);
            await visitor.PictureAsync(page.Name);
            List<string> problems = [.. await visitor.ViolationsAsync(page.Address)];
            foreach (var width in !walksAll ? [] : page.IsPortal ? PortalWidths : OfficeWidths)
                problems.AddRange(await MeasureAsync(visitor, page, width, width == Viewport.Phone ? 780 : 800));
            return problems;
        });
    }

    /// <summary>Half of a monitor enlarged to 200 %, and a phone that has Chinese fonts only, whose Latin letters are wider.</summary>
    [Fact]
    public async Task With_Chinese_fonts_only_every_page_fits_a_phone_and_a_window_at_200_percent() =>
        await WalkAsync(
            Pages.All(await TicketsAsync()), _ => new Viewport(Width: Viewport.Phone, Fonts: FontSet.ChineseOnly, Zoom: 2),
            async (visitor, page) =>
            [
                .. await visitor.ViolationsAsync(page.Address, asksAxe: false),
                .. await MeasureAsync(visitor, page, Viewport.Zoomed, 400),
            ]);

    private async Task WalkAsync(
        IReadOnlyList<Pages.PageUnderTest> pages, Func<bool, Viewport> viewportOf, Func<Visitor, Pages.PageUnderTest, Task<List<string>>> inspect)
    {
        List<string> problems = [];
        foreach (var group in pages.GroupBy(p => (p.UserName, p.IsPortal)))
        {
            var viewport = viewportOf(group.Key.IsPortal);
            var visitor = group.Key.UserName is { } name ? await SignInAsync(name, viewport) : await ArriveAsync(viewport);
            foreach (var page in group)
            {
                await visitor.Page.SetViewportSizeAsync(viewport.Width, viewport.Height);
                await visitor.GoAsync(page.Address);
                problems.AddRange(await inspect(visitor, page));
            }
            problems.AddRange(visitor.Problems.Select(problem => $"{group.Key.UserName} ({viewport}): {problem}"));
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static async Task<IEnumerable<string>> MeasureAsync(Visitor visitor, Pages.PageUnderTest page, int width, int height)
    {
        await visitor.Page.SetViewportSizeAsync(width, height);
        var problems = await visitor.Page.EvaluateAsync<string[]>(Measure);
        if (page.Name is "repairs-with-sheet" or "parts" or "people") await visitor.PictureAsync($"{page.Name}-at-{width}");
        return problems.Distinct().Select(p => $"{page.Address} at {width} ({visitor}): {p}");
    }

    private async Task<Dictionary<string, string>> TicketsAsync()
    {
        await Fixture.Work.TicketAsync("走廊灯管闪烁", 0);
        await Fixture.Work.TicketAsync("门锁打不开，钥匙断在里面", 4);
        return new Dictionary<string, string>
        {
            ["/repairs/{Number}"] = await Fixture.Work.TicketAsync("宿舍空调不制冷，室外机有异响", 3),
            ["/jobs/{Number}"] = await Fixture.Work.TicketAsync("热水器没有热水", 2),
            ["/repairs/{Number}/slip"] = await Fixture.Work.TicketAsync("卫生间顶灯不亮", 1),
            ["/my/repairs/{Number}"] = await Fixture.Work.TicketAsync("下水道堵了，地上有水", 5),
        };
    }
}
