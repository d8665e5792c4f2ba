using System.Globalization;
using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Arrival and leaving in real browsers: freshmen on phones of 360 px, and the office by keyboard alone.</summary>
public sealed partial class OnboardingStoryTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Viewport.Chinese, "Y1")]
    [InlineData(Viewport.English, "Y2")]
    public async Task A_freshman_does_all_steps_on_two_phones_and_gets_a_code(string language, string mark)
    {
        var newcomers = await Fixture.App.NewcomersAsync(mark, 1);
        var user = newcomers.Users[0];
        await Fixture.App.TopUpAsync(user, 10_000);
        var viewport = new Viewport(language, Width: Viewport.Phone);
        var first = await ArriveAsync(viewport);
        await first.SignInAsync(user);
        await first.GoAsync("/my");
        await Expect(first.Page.Locator("[data-onboarding-card]")).ToContainTextAsync(Text("Card.Missing", 6));
        await first.DemandAccessibleAsync("the home page of a freshman");
        await first.PressAsync("[data-onboarding-card]");
        await MissingAsync(first, OnboardingStep.Data);
        await first.DemandAccessibleAsync("the steps of a freshman");
        await first.PressAsync("[data-step=Data] button[type=submit]");
        await DoneAsync(first, OnboardingStep.Data);
        await first.PressAsync("[data-step=Bed] a");
        await Expect(first.Page.Locator("button[data-bed]")).ToHaveCountAsync(4);
        await first.DemandAccessibleAsync("the beds");
        await first.PressAsync($"button[data-bed='{newcomers.Beds[1]}']");
        await Expect(first.Page.Locator($"[data-mine='{newcomers.Beds[1]}'][data-held]")).ToContainTextAsync(Text("Beds.HeldHint"));
        await first.PressAsync("button[value=choose]");
        await DoneAsync(first, OnboardingStep.Bed);
        await first.Page.CloseAsync();

        // The rest is done on another phone.
        var phone = await ArriveAsync(viewport);
        await phone.SignInAsync(user);
        await phone.GoAsync("/my");
        await Expect(phone.Page.Locator("[data-onboarding-card]")).ToContainTextAsync(Text("Card.Missing", 4));
        await phone.PressAsync("[data-onboarding-card]");
        await DoneAsync(phone, OnboardingStep.Bed);
        await MissingAsync(phone, OnboardingStep.Fees);
        if (language == Viewport.Chinese)
        {
            await phone.PressAsync("[data-step=Fees] button[value=Account]");
        }
        else
        {
            await phone.PressAsync("[data-step=Fees] summary");
            await phone.Page.FillAsync("[data-step=Fees] textarea", "The loan arrives in March");
            await phone.PressAsync("[data-step=Fees] details button[type=submit]");
        }
        await DoneAsync(phone, OnboardingStep.Fees);
        await phone.PressAsync("[data-step=Essentials] a.big");
        await Expect(phone.Page.Locator("#order-Wish")).ToBeVisibleAsync();
        await phone.PressAsync("button[value=Account]");
        await Expect(phone.Page.Locator("[data-state=Paid] .code .num")).ToBeVisibleAsync();
        await phone.DemandAccessibleAsync("the order of a freshman");
        await phone.GoAsync("/my/onboarding");
        await phone.PressAsync("[data-step=Essentials] button[value=order]");
        await DoneAsync(phone, OnboardingStep.Essentials);
        await ReadAllAsync(phone);
        await DoneAsync(phone, OnboardingStep.Papers);
        var time = newcomers.Time.ToString(CultureInfo.InvariantCulture);
        await phone.Page.Locator("[data-step=Arrival] select").SelectOptionAsync(time);
        await phone.PressAsync("[data-step=Arrival] button[type=submit]");
        await DoneAsync(phone, OnboardingStep.Arrival);

        var freshman = await Fixture.App.FreshmanAsync(user);
        await Expect(phone.Page.Locator("[data-missing='0']")).ToContainTextAsync(Text("AllDone"));
        await Expect(phone.Page.Locator(".code .num")).ToHaveTextAsync(ArrivalCode.Show(freshman.Code));
        await Expect(phone.Page.Locator($".code svg[aria-label='{Text("Code.Qr")}'] path")).ToHaveCountAsync(1);
        await phone.DemandAccessibleAsync("the code of a freshman");
        await phone.PictureAsync("my-onboarding-code");
        await phone.GoAsync("/my");
        await Expect(phone.Page.Locator("[data-onboarding-card]")).ToHaveCountAsync(0);
        Assert.Equal((newcomers.Beds[1], true, newcomers.Time), (freshman.BedId, freshman.HasBed, freshman.DeskTimeId));
        Assert.Equal(language == Viewport.Chinese, freshman.FeesPaidAt is not null);
        Assert.True(freshman is { HasFees: true, PapersConfirmedAt: not null, DataConfirmedAt: not null });
        var order = await Fixture.App.InDatabaseAsync(db => db.PlacedOrders.AsNoTracking().SingleAsync(o => o.Id == freshman.OrderId, Ct));
        Assert.Equal((freshman.PersonId, PlacedOrderState.Paid), (order.PersonId, order.State));
        Assert.Empty(first.Problems.Concat(phone.Problems));

        string Text(string key, params object[] arguments) => LocalizedText.Of<ChoosingText>(language, key, arguments);

        Task DoneAsync(Visitor visitor, OnboardingStep step) =>
            Expect(visitor.Page.Locator($"[data-step={step}][data-done] .pill").First).ToHaveTextAsync(Text("StepDone"));

        Task MissingAsync(Visitor visitor, OnboardingStep step) =>
            Expect(visitor.Page.Locator($"[data-step={step}]:not([data-done]) .pill").First).ToHaveTextAsync(Text("StepMissing"));
    }

    [Fact]
    public async Task A_bed_that_somebody_takes_is_shown_taken_without_reloading_and_refused_in_words_to_who_presses_it_later()
    {
        var newcomers = await Fixture.App.NewcomersAsync("Y3", 2);
        var (held, wanted) = (newcomers.Beds[0], newcomers.Beds[1]);
        var one = await SignInAsync(newcomers.Users[0], new Viewport(Width: Viewport.Phone));
        var two = await SignInAsync(newcomers.Users[1], new Viewport(Viewport.English, Width: Viewport.Phone));
        foreach (var visitor in new[] { one, two }) await visitor.GoAsync("/my/onboarding/bed");
        await two.Page.EvaluateAsync("window.neverReloaded = true");
        await one.PressAsync($"button[data-bed='{held}']");
        await Expect(one.Page.Locator($"[data-mine='{held}'][data-held]")).ToBeVisibleAsync();
        await Expect(two.Page.Locator($"[data-bed='{held}'][data-mark=Held]")).ToContainTextAsync(Text("BedMark.Held"));
        Assert.True(await two.Page.EvaluateAsync<bool>("window.neverReloaded === true"));

        // Two presses first, but what they send arrives second.
        var (pressed, taken) = (new TaskCompletionSource(), new TaskCompletionSource());
        await two.Page.RouteAsync(Beds(), async route =>
        {
            if (route.Request.Method == "POST")
            {
                pressed.TrySetResult();
                await taken.Task;
            }
            await route.ContinueAsync();
        });
        var pressing = two.PressAsync($"button[data-bed='{wanted}']");
        await pressed.Task.WaitAsync(TestTimeouts.Default, Ct);
        await one.PressAsync($"button[data-bed='{wanted}']");
        await Expect(one.Page.Locator($"[data-mine='{wanted}'][data-held]")).ToBeVisibleAsync();
        taken.SetResult();
        await pressing;
        await Expect(two.Page.Locator("form .problem")).ToHaveTextAsync(Text("Refusal.BedTaken"));
        await Expect(two.Page.Locator($"[data-bed='{wanted}'][data-mark]")).ToBeVisibleAsync();
        await two.DemandAccessibleAsync("a bed that was just taken");
        Assert.Null((await Fixture.App.FreshmanAsync(newcomers.Users[1])).BedId);

        await one.PressAsync("button[value=leave]");
        await Expect(one.Page.Locator("[data-mine]")).ToHaveCountAsync(0);
        await two.PressAsync($"button[data-bed='{wanted}']");
        await Expect(two.Page.Locator($"[data-mine='{wanted}'][data-held]")).ToBeVisibleAsync();
        Assert.Equal(wanted, (await Fixture.App.FreshmanAsync(newcomers.Users[1])).BedId);
        Assert.Null((await Fixture.App.FreshmanAsync(newcomers.Users[0])).BedId);
        Assert.Empty(one.Problems.Concat(two.Problems));

        static string Text(string key) => LocalizedText.Of<ChoosingText>(Viewport.English, key);
    }

    [Fact]
    public async Task The_desk_scans_a_code_reports_damage_checks_in_undoes_and_hands_over_keys_by_keyboard_alone()
    {
        var user = (await Fixture.App.NewcomersAsync("Y4", 1, givesBeds: true)).Users[0];
        var freshman = await Fixture.App.FreshmanAsync(user);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys, dialog) = (desk.Page, desk.Page.Keyboard, desk.Page.GetByRole(AriaRole.Dialog));
        var (search, shown) = (page.Locator("#entry-search"), page.Locator($"[data-person='{freshman.PersonId}']"));
        await page.Mouse.MoveAsync(5, 500);
        await desk.GoAsync("/onboarding/desk");

        // As a scanner does, without choosing a field.
        await Expect(search).ToBeFocusedAsync();
        await keys.TypeAsync(freshman.Code);
        await keys.PressAsync("Enter");
        await Expect(shown.Locator("h2")).ToContainTextAsync(Newcomers.NameOf("Y4", 1));
        await StateAsync(EntryState.WithBed);

        await ActAsync("m");
        await Expect(page.Locator("#entry-damage")).ToBeFocusedAsync();
        await keys.TypeAsync("床板松动");
        await keys.PressAsync("Control+Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        var number = await shown.Locator("[data-ticket]").GetAttributeAsync("data-ticket");
        await desk.DemandAccessibleAsync("the check-in desk");

        await ActAsync("c");
        await CheckInAsync(asksAxe: true);
        await Expect(page.Locator("[data-undo=CheckIn]")).ToBeVisibleAsync();
        await ActAsync("z");
        await Expect(page.Locator("[data-undone='1']")).ToBeVisibleAsync();
        await StateAsync(EntryState.WithBed);
        Assert.Null((await Fixture.App.FreshmanAsync(user)).CheckedInAt);
        Assert.Null((await Fixture.App.PersonAsync(user)).BedId);

        await keys.PressAsync("c");
        await CheckInAsync(asksAxe: false);
        await ActAsync("y");
        await Expect(page.Locator("#hand-key")).ToBeFocusedAsync();
        await keys.TypeAsync("K2");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(shown).ToContainTextAsync("101 K1、101 K2");
        await Expect(search).ToBeFocusedAsync();

        var person = await Fixture.App.PersonAsync(user);
        Assert.Equal((PersonStatus.Active, freshman.BedId), (person.Status, person.BedId));
        var ticket = await Fixture.App.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().SingleAsync(t => t.Number == number, Ct));
        Assert.Equal((person.RoomId, "床板松动"), (ticket.RoomId, ticket.Description));
        Assert.Equal(["K1", "K2"], await Fixture.App.InDatabaseAsync(db => db.RoomKeys
            .Where(k => k.PersonId == person.Id && k.ReturnedAt == null).OrderBy(k => k.Label).Select(k => k.Label).ToListAsync(Ct)));
        Assert.Empty(desk.Problems);

        // After each dialog the next student can be scanned; letters act outside of the field.
        async Task ActAsync(string key)
        {
            await Expect(search).ToBeFocusedAsync();
            await keys.PressAsync("Escape");
            await keys.PressAsync(key);
        }

        async Task CheckInAsync(bool asksAxe)
        {
            await Expect(page.Locator("#check-in-because")).ToBeFocusedAsync();
            if (asksAxe) await desk.DemandAccessibleAsync("the dialog of a check-in");
            await keys.TypeAsync("现场确认");
            await keys.PressAsync("Tab");
            await Expect(page.Locator("#check-in-keys")).ToBeFocusedAsync();
            await keys.TypeAsync("K1");
            await keys.PressAsync("Enter");
            await Expect(dialog).ToHaveCountAsync(0);
            await StateAsync(EntryState.Arrived);
        }

        Task StateAsync(EntryState state) =>
            Expect(shown.Locator("h2 .pill")).ToHaveTextAsync(LocalizedText.Of<EntryDeskText>(Viewport.Chinese, $"EntryState.{state}"));
    }

    [Fact]
    public async Task The_office_inspects_a_room_charges_damage_and_checks_out_by_keyboard_and_the_phone_of_who_leaves_says_so()
    {
        var leaving = await Fixture.App.DepartureAsync("Y5");
        await Fixture.App.TopUpAsync(leaving.User, 5_000);
        var office = await SignInAsync(TestUsers.Dispatcher);
        var phone = await SignInAsync(leaving.User, new Viewport(Viewport.English, Width: Viewport.Phone));
        var (page, keys, dialog) = (office.Page, office.Page.Keyboard, office.Page.GetByRole(AriaRole.Dialog));
        var row = page.Locator($"tr[data-leaver='{leaving.Leaver}']");
        await page.Mouse.MoveAsync(5, 500);
        await office.GoAsync($"/onboarding/leaving/{leaving.Round}");
        await StateAsync(LeaverState.ToInspect);
        await office.DemandAccessibleAsync("a round of leaving");

        await PressAsync("InspectOf");
        await Expect(page.Locator("#inspection-damage")).ToBeFocusedAsync();
        await keys.TypeAsync("椅子坏一把");
        await keys.PressAsync("Tab");
        await Expect(page.Locator("#inspection-amount")).ToBeFocusedAsync();
        await keys.TypeAsync("50");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await StateAsync(LeaverState.OwesDamage);
        await PhoneSaysAsync(LeaverState.OwesDamage, Text(Viewport.English, "Owed", "50.00"));
        await phone.DemandAccessibleAsync("the own leaving");

        await PressAsync("ChargeOf");
        await Expect(page.Locator("[data-back]")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await StateAsync(LeaverState.Inspected);

        await PressAsync("CheckOutOf");
        await page.FocusAsync("[data-confirm]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("[data-left='1'][data-held='0']")).ToBeVisibleAsync();
        await office.DemandAccessibleAsync("the result of a check-out");
        await page.FocusAsync("[data-close]");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await StateAsync(LeaverState.Left);
        await PhoneSaysAsync(LeaverState.Left, Text(Viewport.English, "My.Left"));

        Assert.Null((await Fixture.App.PersonAsync(leaving.User)).RoomId);
        var stored = await Fixture.App.InDatabaseAsync(db => db.Leavers.AsNoTracking().SingleAsync(l => l.Id == leaving.Leaver, Ct));
        Assert.True(stored is { CheckedOutAt: not null, DamagePaidAt: not null, DamageFen: 5_000 });
        Assert.Empty(office.Problems.Concat(phone.Problems));

        async Task PressAsync(string action)
        {
            var button = row.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = Text(Viewport.Chinese, action, leaving.Name), Exact = true });
            await button.FocusAsync();
            await keys.PressAsync("Enter");
            await Expect(dialog).ToBeVisibleAsync();
        }

        async Task StateAsync(LeaverState state)
        {
            await Expect(row).ToHaveAttributeAsync("data-state", state.ToString());
            await Expect(row).ToContainTextAsync(Text(Viewport.Chinese, $"LeaverState.{state}"));
        }

        async Task PhoneSaysAsync(LeaverState state, string words)
        {
            await phone.GoAsync("/my/leaving");
            await Expect(phone.Page.Locator($"main [data-state={state}]")).ToContainTextAsync(words);
        }

        static string Text(string language, string key, params object[] arguments) => LocalizedText.Of<LeavingText>(language, key, arguments);
    }

    /// <summary>Confirms each paper of the season that is not confirmed yet.</summary>
    private static async Task ReadAllAsync(Visitor phone)
    {
        var toRead = phone.Page.Locator("[data-paper]:has(.pill.work)");
        await Expect(toRead.First).ToBeVisibleAsync();
        for (var left = await toRead.CountAsync(); left > 0; left--)
        {
            await Expect(toRead).ToHaveCountAsync(left);
            await Visitor.PressAsync(toRead.First);
            await Expect(phone.Page.Locator(".said")).Not.ToBeEmptyAsync();
            if (left == 1) await phone.DemandAccessibleAsync("a paper");
            await phone.PressAsync("main form button.primary");
        }
    }

    [GeneratedRegex("/my/onboarding/bed")]
    private static partial Regex Beds();
}
