using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Office pages in narrow windows, as on a tablet, beside another window, or enlarged to 200 %: nothing overflows or overlaps.</summary>
[Collection(BrowserWalks.Name)]
public sealed class WidthTests(BrowserFixture fixture) : BrowserTest(fixture)
{
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
          const beside = [['.top', '.nav'], ['.nav', 'main'], ['.top', 'main']].map(pair => pair.map(p => document.querySelector(p)));
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

    [Fact]
    public Task At_1024_768_and_360_px_no_office_page_overflows_or_overlaps() => MeasureAsync(new Viewport(Viewport.English), 1024, 768, Viewport.Phone);

    [Fact]
    public Task At_200_percent_of_1280_px_no_office_page_overflows_or_overlaps() =>
        MeasureAsync(new Viewport(Viewport.Chinese, Width: Viewport.Zoomed, Zoom: 2), Viewport.Zoomed);

    private async Task MeasureAsync(Viewport viewport, params IReadOnlyList<int> widths)
    {
        var number = await Fixture.Work.TicketAsync("走廊灯管闪烁", 2);
        var tickets = new[] { "/repairs/{Number}", "/jobs/{Number}", "/repairs/{Number}/slip", "/my/repairs/{Number}" }.ToDictionary(r => r, _ => number);
        var office = await SignInAsync(TestUsers.Administrator, viewport);
        List<string> problems = [];
        foreach (var page in Pages.All(tickets).Where(p => !p.IsPortal))
        {
            await office.GoAsync(page.Address);
            if (await office.Page.Locator("body.office").CountAsync() == 0) continue;
            foreach (var width in widths)
            {
                await office.Page.SetViewportSizeAsync(width, viewport.Zoom == 1 ? 800 : 400);
                problems.AddRange((await office.Page.EvaluateAsync<string[]>(Measure)).Distinct().Select(p => $"{page.Address} at {width}: {p}"));
                if (page.Name is "repairs-with-sheet" or "parts" or "people" || viewport.Zoom > 1) await office.PictureAsync($"{page.Name}-at-{width}");
            }
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }
}
