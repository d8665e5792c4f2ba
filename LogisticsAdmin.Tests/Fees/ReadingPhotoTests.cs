using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>The photo of a reading: stored once, shown to the office and to who read, and to nobody else.</summary>
public sealed class ReadingPhotoTests
{
    private const string Address = "/jobs/meters/1/2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_comes_with_a_reading_once_and_is_for_the_office_and_who_read()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page);
        var form = FormOf(page, $"read-{first.MeterId}");

        for (var time = 0; time < 2; time++)
        {
            using var sent = await SendAsync(technician, form, Phone.Jpeg(), ("Input.Value", Text(first.Value + 1)));
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        var key = Assert.Single(await PhotosAsync(app));
        Assert.Equal([key], app.Services.GetRequiredService<MediaStore>().All());
        foreach (var (who, status) in new[]
        {
            (TestUsers.Technician, HttpStatusCode.OK), (TestUsers.Dispatcher, HttpStatusCode.OK), (TestUsers.Manager, HttpStatusCode.OK),
            (TestUsers.Resident, HttpStatusCode.NotFound),
        })
        {
            using var shown = await (await app.SignInAsync(who)).GetAsync($"/photos/{key}/thumb", Ct);
            Assert.Equal(status, shown.StatusCode);
        }
    }

    [Fact]
    public async Task A_bad_file_is_refused_at_its_field_and_what_was_typed_stays()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page);
        var name = $"read-{first.MeterId}";

        using var refused = await SendAsync(technician, FormOf(page, name), "<script>"u8.ToArray(), ("Input.Value", Text(first.Value + 1)));
        page = await refused.PageAsync();

        Assert.NotEqual("", page.Said("Photo", name));
        Assert.Equal(Text(first.Value + 1), page.GetElementById($"{name}-Value")!.GetAttribute("value"));
        Assert.Empty(await PhotosAsync(app));
        using var sent = await SendAsync(technician, FormOf(page, name), null);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
    }

    [Fact]
    public async Task A_photo_is_kept_while_a_doubt_is_answered_and_only_for_who_sent_it()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page);
        var name = $"read-{first.MeterId}";

        using var asked = await SendAsync(technician, FormOf(page, name), Phone.Jpeg(), ("Input.Value", "99999"));
        var form = FormOf(await asked.PageAsync(), name);
        Assert.Empty(await PhotosAsync(app));
        var token = form.QuerySelector("[name='Input.Kept']")!.GetAttribute("value")!;
        using var sent = await SendAsync(technician, form, null, ("Input.Reason", "热水器一直开着"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var key = Assert.Single(await PhotosAsync(app));

        var office = await app.SignInAsync(TestUsers.Dispatcher);
        var other = (await office.PageAsync(Address)).QuerySelectorAll("form").OfType<IHtmlFormElement>()
            .First(f => f.QuerySelector("[name='_handler']")?.GetAttribute("value")?.StartsWith("read-", StringComparison.Ordinal) == true);
        using var stolen = await SendAsync(office, other, null, ("Input.Value", "99999"), ("Input.Kept", token));
        Assert.Null((await stolen.PageAsync()).QuerySelector("[name='Input.Kept']"));
        Assert.Equal([key], await PhotosAsync(app));
    }

    [Fact]
    public async Task The_office_adds_a_photo_and_sees_it_in_the_history_also_after_a_correction()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (photos, readings) = (desk.Get<ReadingPhotos>(), desk.Get<ReadingService>());
        var form = MeterSteps.Reading(meter, 30, 50);
        form.Photo = await photos.StoreAsync(new MemoryStream(Phone.Jpeg()), Ct);

        var stored = await readings.RecordAsync(form, Ct);
        var again = await photos.StoreAsync(new MemoryStream(Phone.Jpeg()), Ct);
        var (first, key) = (form.Photo, form.Key);
        (form.Photo, form.Key) = (again, key);
        await readings.RecordAsync(form, Ct);
        await readings.CorrectAsync(stored.Id!.Value, new ReadingForm { Day = form.Day, Value = 60, Reason = "看错", Key = Guid.NewGuid() }, Ct);

        var history = await desk.Get<MeterQueries>().HistoryAsync(meter, Ct);
        Assert.Equal(first, history.Single(r => r.Id == stored.Id).Photo);
        Assert.Equal([first!.Value], host.Services.GetRequiredService<MediaStore>().All());
        var resident = (await host.AsAsync(TestUsers.Resident)).Get<ReadingPhotos>();
        await Assert.ThrowsAsync<Forbidden>(() => resident.StoreAsync(new MemoryStream(Phone.Jpeg()), Ct));
        var refused = await Assert.ThrowsAsync<Rejected>(() => photos.StoreAsync(new MemoryStream("text"u8.ToArray()), Ct));
        Assert.Equal(nameof(ReadingForm.Photo), refused.Problems[0].Field);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client, IHtmlFormElement form, byte[]? photo, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
        {
            if (input.Type != "file" && fields.All(f => f.Name != input.Name)) content.Add(new StringContent(input.Value), input.Name!);
        }
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        var file = new ByteArrayContent(photo ?? []);
        file.Headers.ContentType = new MediaTypeHeaderValue(photo is null ? "application/octet-stream" : "image/jpeg");
        // As browsers send an empty field.
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = "\"Input.Photo\"",
            FileName = photo is null ? "\"\"" : "\"meter.jpg\"",
        };
        content.Add(file);
        return await client.PostAsync(Address, content, Ct);
    }

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static IHtmlFormElement FormOf(IHtmlDocument page, string name) =>
        page.Forms.OfType<IHtmlFormElement>().Single(f => f.QuerySelector($"[name='_handler'][value='{name}']") is not null);

    private static Task<List<Guid>> PhotosAsync(TestApp app) =>
        app.InDatabaseAsync(db => db.MeterReadings.Where(r => r.PhotoKey != null).Select(r => r.PhotoKey!.Value).ToListAsync(Ct));

    private static Task<MeterReading> NewestAsync(TestApp app, IHtmlDocument page)
    {
        var number = page.QuerySelector("[data-meter]")!.GetAttribute("data-meter")!;
        return app.InDatabaseAsync(db => (
            from reading in db.MeterReadings
            join meter in db.Meters on reading.MeterId equals meter.Id
            where meter.Number == number && reading.ReplacedAt == null
            orderby reading.Day descending
            select reading).FirstAsync(Ct));
    }

    /// <summary>The app with the example meters of 竹园1号楼.</summary>
    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(async db =>
        {
            await new DemoMeters(app.Services.GetRequiredService<OfficeTime>()).LoadAsync(db, Ct);
            return 0;
        });
        return app;
    }
}
