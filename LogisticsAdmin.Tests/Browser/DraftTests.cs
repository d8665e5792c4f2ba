using System.Text.RegularExpressions;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>What is typed into a dialog stays in the browser until it is sent or discarded.</summary>
public sealed class DraftTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Restored = "[data-draft-restored]";

    [Fact]
    public async Task What_was_typed_into_a_dialog_survives_Escape_and_reload_until_it_is_sent()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await OpenAsync(desk, number);
        Assert.Equal(0, await page.Locator(Restored).CountAsync());
        await page.CheckAsync("input[name=reason][value=Access]");
        await page.Locator("#hold-note").PressSequentiallyAsync("周三上门");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("h");
        await Expect(page.Locator(Restored)).ToBeVisibleAsync();
        await Expect(page.Locator("#hold-note")).ToHaveValueAsync("周三上门");
        await Expect(page.Locator("input[name=reason][value=Access]")).ToBeCheckedAsync();
        await Expect(page.Locator("input[name=reason][value=Access]")).ToBeFocusedAsync();
        await desk.PictureAsync("dialog-draft");
        await desk.DemandAccessibleAsync("a dialog with a restored draft");

        await OpenAsync(desk, number);
        await Expect(page.Locator(Restored)).ToBeVisibleAsync();
        await Expect(page.Locator("#hold-note")).ToHaveValueAsync("周三上门");
        await page.FocusAsync("#hold-note");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator("section.sheet ol")).ToContainTextAsync("周三上门");
        Assert.Empty(await DraftsAsync(page));
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task A_draft_is_discarded_by_its_button_and_all_are_by_signing_out_and_no_password_is_ever_in_one()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await ArriveAsync();
        // Not the session that other tests share: it ends here.
        await desk.SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await OpenAsync(desk, number);
        await page.FillAsync("#hold-note", "等配件");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("h");
        await page.ClickAsync("[data-discard-draft]");
        await Expect(page.Locator(Restored)).ToHaveCountAsync(0);
        await Expect(page.Locator("#hold-note")).ToHaveValueAsync("");
        Assert.Empty(await DraftsAsync(page));

        await page.EvaluateAsync("""
            for (const type of ['password', 'text']) {
              const field = Object.assign(document.createElement('input'), { id: `test-${type}`, type });
              if (type === 'text') field.autocomplete = 'one-time-code';
              document.getElementById('hold-form').append(field);
            }
            """);
        await page.FillAsync("#test-password", "Houqin-2026");
        await page.FillAsync("#test-text", "K7TR-93QX");
        await page.FillAsync("#hold-note", "等配件到货");
        var draft = Assert.Single(await DraftsAsync(page));
        Assert.Contains("等配件到货", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("Houqin-2026", draft, StringComparison.Ordinal);
        Assert.DoesNotContain("K7TR-93QX", draft, StringComparison.Ordinal);

        await page.EvaluateAsync("document.querySelector('[data-forget-drafts]').requestSubmit()");
        await Expect(page).ToHaveURLAsync(new Regex("/Account/Login"));
        Assert.Empty(await DraftsAsync(page));
    }

    [Fact]
    public async Task Drafts_older_than_a_day_and_those_of_another_person_are_neither_shown_nor_kept()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await OpenAsync(desk, number);
        await page.FillAsync("#hold-note", "等配件");
        var mine = (await DraftsAsync(page)).Single().Split(' ')[0];
        await page.EvaluateAsync("""
            mine => {
              const [, person, ...rest] = mine.split(':');
              const kept = JSON.parse(localStorage.getItem(mine));
              const old = Date.now() - 25 * 60 * 60 * 1000;
              localStorage.setItem(mine, JSON.stringify({ ...kept, at: old }));
              localStorage.setItem(['draft', `${person}9`, ...rest].join(':'), JSON.stringify(kept));
              localStorage.setItem(`draft:${person}:old-reply`, JSON.stringify({ text: 'x', at: old }));
              localStorage.setItem(`draft:${person}:old-form`, JSON.stringify({ fields: {}, at: old }));
              localStorage.setItem(`draft:${person}:reply`, JSON.stringify({ text: 'x', at: Date.now() }));
            }
            """, mine);

        await OpenAsync(desk, number);
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length === 1");
        Assert.Matches("^draft:[0-9]+:reply ", Assert.Single(await DraftsAsync(page)));
        await Expect(page.Locator("#hold-note")).ToHaveValueAsync("");
        Assert.Equal(0, await page.Locator(Restored).CountAsync());
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task What_one_tab_forgets_is_not_stored_again_by_another()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await OpenAsync(desk, number);
        await page.FillAsync("#hold-note", "等配件");
        Assert.Single(await DraftsAsync(page));

        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(new Uri(new Uri(page.Url), "/Account/Profile").ToString());
        await page.EvaluateAsync("addEventListener('storage', () => { globalThis.heard = true; })");
        await other.EvaluateAsync("Object.keys(localStorage).filter(key => key.startsWith('draft:')).forEach(key => localStorage.removeItem(key))");
        await page.WaitForFunctionAsync("() => globalThis.heard === true");
        await page.Locator("#hold-note").PressSequentiallyAsync("到货");
        Assert.Empty(await DraftsAsync(page));
    }

    [Fact]
    public async Task A_reply_is_kept_from_its_first_letter_even_while_the_script_of_the_sheet_is_on_its_way()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        var (asked, typed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/ReplyDrafts*.js", async route =>
        {
            asked.TrySetResult();
            await typed.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/repairs?view=All&q={number}&t={number}");
        await asked.Task.WaitAsync(TestTimeouts.Default, TestContext.Current.CancellationToken);
        await page.FillAsync("#reply-text", "周三");
        Assert.Empty(await DraftsAsync(page));
        typed.SetResult();
        await page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('draft:'))");
        Assert.Contains("周三", Assert.Single(await DraftsAsync(page)), StringComparison.Ordinal);

        await page.ReloadAsync();
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("周三");
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task An_internal_note_comes_back_as_an_internal_note()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await page.FillAsync("#reply-text", "住户态度不好，两人一起去");
        await page.CheckAsync("[data-internal]");
        await page.WaitForFunctionAsync("() => Object.entries(localStorage).some(([key, value]) => key.startsWith('draft:') && value.includes('true'))");

        await page.ReloadAsync();
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("住户态度不好，两人一起去");
        await Expect(page.Locator("[data-internal]")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task A_draft_that_is_none_is_left_out_and_the_dialog_opens()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await OpenAsync(desk, number);
        await page.FillAsync("#hold-note", "等配件");
        var key = (await DraftsAsync(page)).Single().Split(' ')[0];
        foreach (var broken in new[]
        {
            "null", "5", "{", "{}", """{"at":NOW,"values":{"hold-note":5},"texts":["hold-note"]}""", """{"at":NOW,"values":{},"texts":5}""",
            """{"at":NOW,"values":{},"texts":[],"version":"x"}""", """{"at":NOW0,"values":{"hold-note":"x"},"texts":["hold-note"]}""",
        })
        {
            await page.EvaluateAsync("([key, draft]) => localStorage.setItem(key, draft.replace('NOW', Date.now()))", new[] { key, broken });
            await OpenAsync(desk, number);
            await Expect(page.Locator("#hold-note")).ToHaveValueAsync("");
            Assert.Equal(0, await page.Locator(Restored).CountAsync());
        }
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task A_reply_far_beyond_its_limit_is_refused_at_the_field_and_stays()
    {
        var number = await Fixture.Work.TicketAsync("空调漏水", 1);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await page.FillAsync("#reply-text", new string('长', 20_000));
        await page.ClickAsync("[data-verb=Comment]");
        await Expect(page.Locator("#reply-problem")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync(new string('长', 20_000));
        Assert.Empty(desk.Problems);
    }

    private static async Task OpenAsync(Visitor desk, string number)
    {
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await Expect(desk.Page.Locator("#sheet-title")).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("h");
        // What is typed before the dialog's script has come is no draft yet.
        await Expect(desk.Page.Locator("#hold-form[data-draft-key]")).ToBeVisibleAsync();
    }

    private static Task<string[]> DraftsAsync(IPage page) =>
        page.EvaluateAsync<string[]>("Object.entries(localStorage).filter(([key]) => key.startsWith('draft:')).map(entry => entry.join(' '))");
}
