using System.Net;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;
using Xunit;

namespace LogisticsAdmin.Tests.Account;

/// <summary>Portraits: changed by their owner, visible to staff.</summary>
public sealed class PictureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_kept_as_a_small_square_replaced_seen_by_staff_and_removed()
    {
        await using var app = await TestApp.StartAsync();
        var resident = await app.SignInAsync(TestUsers.Resident);
        HttpClient[] readers =
            [resident, await app.SignInAsync(TestUsers.Administrator), await app.SignInAsync(TestUsers.Dispatcher),
                await app.SignInAsync(TestUsers.Technician)];
        var id = await IdAsync(app, TestUsers.Resident);
        var address = $"/people/{id}/picture";
        Assert.Null((await resident.PageAsync("/Account/Profile")).QuerySelector("img.portrait"));

        Assert.Equal("/Account/Profile?saved=picture", await SaveAsync(resident, Phone.Jpeg(640, 200)));
        var shown = (await resident.PageAsync("/Account/Profile")).QuerySelector("img.portrait")!.GetAttribute("src")!;
        foreach (var reader in readers)
        {
            using var answer = await reader.GetAsync(shown, Ct);
            Assert.Equal("image/jpeg", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("sandbox; default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            using var picture = SKBitmap.Decode(await answer.Content.ReadAsByteArrayAsync(Ct));
            Assert.Equal((PictureProcessor.PortraitSide, PictureProcessor.PortraitSide), (picture.Width, picture.Height));
        }

        await SaveAsync(resident, Phone.Jpeg(300, 300));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Set<PersonPicture>().CountAsync(Ct)));
        Assert.NotEqual(shown, (await resident.PageAsync("/Account/Profile")).QuerySelector("img.portrait")!.GetAttribute("src"));

        (await resident.PostFormAsync("/Account/Profile", ("PictureRemoved", "true"))).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, (await resident.GetAsync(address, Ct)).StatusCode);
    }

    [Fact]
    public async Task Residents_see_nobody_else_and_strangers_nobody()
    {
        await using var app = await TestApp.StartAsync();
        await SaveAsync(await app.SignInAsync(TestUsers.Manager), Phone.Jpeg());
        var address = $"/people/{await IdAsync(app, TestUsers.Manager)}/picture";
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAsync(TestUsers.Resident)).GetAsync(address, Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await app.Visitor().GetAsync(address, Ct)).StatusCode);
    }

    [Fact]
    public async Task What_is_no_picture_or_none_at_all_is_told_at_the_field_and_the_old_one_stays()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        await SaveAsync(client, Phone.Jpeg());
        foreach (var file in new byte[]?[] { "not a picture"u8.ToArray(), Phone.Jpeg(640, 480)[..^400], new byte[PictureProcessor.MaxBytes + 1], null })
        {
            Assert.Null(await SaveAsync(client, file, problem => Assert.NotEmpty(problem)));
            Assert.Equal(1, await app.InDatabaseAsync(db => db.Set<PersonPicture>().CountAsync(Ct)));
        }
    }

    [Fact]
    public async Task A_file_far_beyond_one_picture_is_refused_unread_and_leads_back_with_a_message()
    {
        await using var app = await TestApp.StartAsync();
        var client = await app.SignInAsync(TestUsers.Resident);
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var file = new byte[PictureProcessor.MaxBytes + (2 * 1024 * 1024)];
        using var content = new MultipartFormDataContent { { new ByteArrayContent(file), "Picture", "me.jpg" } };

        using var answer = await client.PostAsync("/Account/Profile", content, Ct);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await client.PageAsync(answer.Headers.Location!.OriginalString);
        Assert.Equal("照片超过 12 MB，请换一张小一点的。", page.GetElementById("picture-problem")!.TextContent.Trim());
    }

    /// <summary>
    /// The URL that saving redirects to; null when the page was shown again, and then <paramref name="onProblem"/> gets the message at the field.
    /// </summary>
    private static async Task<string?> SaveAsync(HttpClient client, byte[]? picture, Action<string>? onProblem = null)
    {
        var form = (await client.PageAsync("/Account/Profile")).QuerySelector("form.picture")!;
        using var content = new MultipartFormDataContent();
        foreach (var hidden in form.QuerySelectorAll("input[type=hidden]"))
            content.Add(new StringContent(hidden.GetAttribute("value")!), hidden.GetAttribute("name")!);
        if (picture is not null) content.Add(new ByteArrayContent(picture), "Picture", "me.jpg");
        using var answer = await client.PostAsync("/Account/Profile", content, Ct);
        if (answer.StatusCode == HttpStatusCode.Redirect) return answer.Headers.Location!.PathAndQuery;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        onProblem?.Invoke((await answer.PageAsync()).GetElementById("picture-problem")!.TextContent);
        return null;
    }

    private static Task<long> IdAsync(TestApp app, string name) =>
        app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == name).Select(p => p.Id).SingleAsync(Ct));
}
