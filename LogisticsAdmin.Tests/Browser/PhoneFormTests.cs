using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using SkiaSharp;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class PhoneFormTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Form = "/my/repairs/new";
    private const string Text = "#report-Description";
    private const string Send = "form.stack > button";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly Viewport Phone = new(Width: Viewport.Phone);

    [Fact]
    public async Task Phone_pages_are_accessible_fit_360_pixels_and_break_no_policy()
    {
        // Contrast depends on the theme and width on the language, so two combinations cover both.
        foreach (var viewport in new[] { Phone, new Viewport(Viewport.English, Dark: true, Viewport.Phone) })
        {
            foreach (var (who, addresses) in new[] { (TestUsers.Resident, new[] { "/my", "/my/repairs", Form, "/my/messages" }),
                (TestUsers.Technician, ["/jobs"]) })
            {
                var visitor = await SignInAsync(who, viewport);
                foreach (var address in addresses)
                {
                    await visitor.GoAsync(address);
                    Assert.Empty(await visitor.ViolationsAsync(address));
                    Assert.True(
                        await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"),
                        $"{address} is too wide ({viewport})");
                }
                Assert.Empty(visitor.Problems);
            }
        }
    }

    [Fact]
    public async Task What_was_typed_survives_a_session_that_expired_during_the_post()
    {
        var student = await SignInAsync(TestUsers.Resident, Phone);
        var page = student.Page;
        await student.GoAsync(Form);
        await FillAsync(page, "会话过期后文字还在");
        await page.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { Name = "logistics" });
        await page.ClickAsync(Send);
        await Expect(page).ToHaveURLAsync(new Regex(@"/Account/Login\?"));

        await page.FillAsync("#user-name", TestUsers.Resident);
        await page.FillAsync("#password", Features.People.DemoPeople.Password);
        await page.ClickAsync("main form button[type=submit]");

        await Assertions.Expect(page.Locator(Text)).ToHaveValueAsync("会话过期后文字还在");
        await page.DblClickAsync(Send);
        await Expect(page).ToHaveURLAsync(new Regex("/my/repairs/BX"));
        await Assertions.Expect(page.Locator("[role=status].done")).ToBeVisibleAsync();
        await student.GoAsync(Form);
        await Assertions.Expect(page.Locator(Text)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task An_empty_form_is_stopped_in_the_browser_with_the_servers_words_and_the_first_field_focused()
    {
        var student = await SignInAsync(TestUsers.Resident, Phone);
        await student.GoAsync(Form);
        await student.Page.FillAsync(Text, new string('长', 10_000));
        await student.Page.ClickAsync(Send);

        await Assertions.Expect(student.Page.Locator("#report-CategoryId")).ToBeFocusedAsync();
        await Assertions.Expect(student.Page.Locator("#report-CategoryId-error")).ToHaveTextAsync("请选择报修类别。");
        await Assertions.Expect(student.Page.Locator($"{Text}-error")).ToHaveTextAsync("故障描述最多 2000 个字，现在有 10000 个字。");
        Assert.EndsWith(Form, student.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photos_are_shrunk_in_the_browser_and_bad_ones_refused_before_sending()
    {
        var student = await SignInAsync(TestUsers.Resident, Phone);
        var page = student.Page;
        await student.GoAsync(Form);

        await page.SetInputFilesAsync("#report-Photos",
        [
            new FilePayload { Name = "wall.png", MimeType = "image/png", Buffer = Picture(4000, 3000) },
            new FilePayload { Name = "IMG_0001.HEIC", MimeType = "", Buffer = [1, 2, 3] },
        ]);

        await Assertions.Expect(page.Locator("#report-Photos-error")).ToContainTextAsync("HEIC");
        await Assertions.Expect(page.Locator("[data-previews] canvas")).ToHaveCountAsync(1);
        Assert.Equal(2048, await page.EvaluateAsync<int>("async () => (await createImageBitmap(document.querySelector('#report-Photos').files[0])).width"));

        await FillAsync(page, "墙皮掉了");
        await page.ClickAsync(Send);
        await Expect(page).ToHaveURLAsync(new Regex("/my/repairs/BX"));
        await Assertions.Expect(page.Locator(".timeline img")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_photo_of_a_reading_is_shrunk_as_well_and_sent_with_it()
    {
        var (meter, address) = await Fixture.App.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var room = await db.Set<Room>().SingleAsync(r => r.Building.Name == "竹园3号楼" && r.Code == "512", token);
            var kind = await db.FeeKinds.Where(k => k.Code == "gas").Select(k => k.Id).SingleAsync(token);
            var (added, day) = (new Meter(kind, "R-512", 1, 5, new DateOnly(2026, 9, 1)), new DateOnly(2026, 9, 1));
            added.ShareWith(room.Id, 1, day);
            db.Meters.Add(added);
            await db.SaveChangesAsync(token);
            db.MeterReadings.Add(new MeterReading(added.Id, day, 10, ReadingSource.Opening, false, null, TestHost.Start, Guid.NewGuid()));
            return (added.Id, $"/jobs/meters/{room.BuildingId}/{room.Floor}");
        }, Ct));
        var technician = await SignInAsync(TestUsers.Technician, Phone);
        var (page, photo) = (technician.Page, $"#read-{meter}-Photo");
        await technician.GoAsync(address);

        await page.SetInputFilesAsync(photo, new FilePayload { Name = "IMG_0001.HEIC", MimeType = "", Buffer = [1, 2, 3] });
        await Assertions.Expect(page.Locator($"{photo}-error")).ToContainTextAsync("HEIC");
        await page.SetInputFilesAsync(photo, new FilePayload { Name = "meter.png", MimeType = "image/png", Buffer = Picture(4000, 3000) });
        await page.WaitForFunctionAsync("field => document.querySelector(field).files[0]?.type === 'image/jpeg'", photo);
        Assert.Equal(2048, await page.EvaluateAsync<int>("async field => (await createImageBitmap(document.querySelector(field).files[0])).width", photo));

        await page.FillAsync($"#read-{meter}-Value", "12");
        await page.Locator($"#m{meter} button.primary").ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"saved={meter}"));
        Assert.NotNull(await Fixture.App.InDatabaseAsync(db =>
            db.MeterReadings.Where(r => r.MeterId == meter && r.Value == 12).Select(r => r.PhotoKey).SingleAsync(Ct)));
    }

    [Fact]
    public async Task The_list_of_jobs_is_where_it_was_after_a_look_at_a_job()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 6; i++) numbers.Add(await Fixture.Work.TicketAsync($"走廊灯不亮 {i}", 1));
        var technician = await SignInAsync(TestUsers.Technician, Phone);
        var job = technician.Ticket(numbers[4]);
        await technician.GoAsync("/jobs");
        await job.EvaluateAsync("job => job.scrollIntoView({ block: 'center', behavior: 'instant' })");
        var top = await TopAsync();

        await job.Locator(".cover").ClickAsync();
        await Expect(technician.Page).ToHaveURLAsync(new Regex($"/jobs/{numbers[4]}$"));
        await technician.Page.ClickAsync(".tabs a[href='jobs']");
        await Expect(technician.Page).ToHaveURLAsync(new Regex("/jobs$"));

        await Expect(job.Locator(".cover")).ToBeFocusedAsync();
        Assert.InRange(await TopAsync(), top - 2, top + 2);

        await job.Locator("button.primary").ClickAsync();
        await Expect(technician.Ticket(numbers[4], "Taken")).ToBeInViewportAsync();
        await Expect(technician.Page.Locator(".done")).ToBeInViewportAsync();

        Task<double> TopAsync() => job.EvaluateAsync<double>("job => job.getBoundingClientRect().top");
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task A_job_s_card_shows_hours_note_and_photo_on_a_phone(string language, bool dark)
    {
        var work = Fixture.Work;
        var (resident, technician) = (await work.AsAsync(TestUsers.Resident), await work.AsAsync(TestUsers.Technician));
        var form = await work.FormAsync();
        await using (var photo = new MemoryStream(Repairs.Phone.Jpeg()))
            form.Photos = [(await resident.Get<RepairPhotos>().UploadDraftAsync(photo, Ct)).Key];
        var visit = VisitChoice.Offered(await resident.Choices.ChoicesAsync(Ct), Fixture.App.Services.GetRequiredService<OfficeTime>()).Last().Last();
        var slot = visit.Slot;
        (form.VisitDay, form.VisitSlotId) = (visit.Day, slot.Id);
        var number = await resident.Intake.SubmitAsync(form, Ct);
        var crew = technician.Get<CurrentUser>().Actor.CrewId;
        await (await work.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(await work.IdAsync(number), new AssignForm
        {
            ExpectedStatus = TicketStatus.New,
            CrewId = crew,
            TechnicianId = technician.PersonId,
            Note = "宿管说门没锁，带上梯子",
        }, Ct);

        var phone = await SignInAsync(TestUsers.Technician, new Viewport(language, dark, Viewport.Phone));
        await phone.GoAsync("/jobs");
        var card = phone.Ticket(number);
        await card.EvaluateAsync("job => job.scrollIntoView({ block: 'center', behavior: 'instant' })");

        await Expect(card).ToContainTextAsync("宿管说门没锁，带上梯子");
        await Expect(card).ToContainTextAsync(FormattableString.Invariant($"{slot.From:HH:mm}–{slot.To:HH:mm}"));
        Assert.True(await card.Locator("img").EvaluateAsync<bool>("async image => { await image.decode(); return image.naturalWidth > 0; }"));
        await phone.PictureAsync("jobs-card");
        await Visitor.PressAsync(card.Locator("button.primary"));
        await Expect(card.Locator("form:has([value=arrive])")).ToBeVisibleAsync();
        await Expect(phone.Page.Locator("form.undo")).ToBeVisibleAsync();
        await phone.PictureAsync("jobs-undo");
        await phone.DemandAccessibleAsync("the list after a verb");
    }

    private static async Task FillAsync(IPage page, string text)
    {
        await page.Locator(".tiles label").First.ClickAsync();
        await page.SelectOptionAsync("#report-CategoryId", new SelectOptionValue { Label = "水龙头" });
        await page.FillAsync(Text, text);
    }

    private static byte[] Picture(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Peru);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }
}
