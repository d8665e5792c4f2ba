using System.Globalization;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using SkiaSharp;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Steps that tests of the phone pages share: the report form, pictures, a ticket of one's own.</summary>
internal static class Phone
{
    public const string New = "/my/repairs/new";

    /// <summary>A valid JPEG of this size.</summary>
    public static byte[] Jpeg(int width = 40, int height = 30)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return data.ToArray();
    }

    /// <summary>A PNG header that declares 50,000 × 50,000 pixels.</summary>
    public static byte[] HugePng() =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R',
        0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50, 8, 2, 0, 0, 0, 0xC4, 0xCD, 0xAA, 0x9D,
        0, 0, 0, 0, (byte)'I', (byte)'D', (byte)'A', (byte)'T', 0x35, 0xAF, 0x06, 0x1E,
    ];

    public static byte[] Heic() => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8, 0, 0, 0, 0];

    extension(TestApp app)
    {
        public Task<string> CategoryAsync(string code = "water-tap") =>
            app.InDatabaseAsync(async db => (await db.Categories.SingleAsync(c => c.Code == code)).Id.ToString(CultureInfo.InvariantCulture));

        /// <summary>Reports a ticket through the form as this person and returns its number.</summary>
        public async Task<string> ReportAsync(HttpClient person, string description = "洗手池水龙头关不紧")
        {
            using var sent = await person.PostFormAsync(
                New, ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", description), ("Input.Phone", "13800002071"));
            return sent.Headers.Location!.OriginalString.Split('/', '?')[^2];
        }

        public Task<int> TicketsAsync() => app.InDatabaseAsync(db => db.RepairTickets.CountAsync());
    }

    extension(HttpClient client)
    {
        /// <summary>Sends the report form as a browser does, with files.</summary>
        public async Task<HttpResponseMessage> ReportAsync(IEnumerable<(string Name, byte[] Bytes)> files, params (string Name, string Value)[] fields)
        {
            var page = await client.PageAsync(New);
            var form = page.Forms.First(f => f.QuerySelector("[name='Input.Description']") is not null);
            return await client.SendAsync(form, files, fields);
        }

        public async Task<HttpResponseMessage> SendAsync(
            IHtmlFormElement form, IEnumerable<(string Name, byte[] Bytes)> files, params (string Name, string Value)[] fields)
        {
            using var content = new MultipartFormDataContent();
            var typed = fields.ToDictionary(f => f.Name, f => f.Value);
            foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
            {
                var isSent = input.Type != "file" && (input.Type is not ("checkbox" or "radio") || input.IsChecked) && !typed.ContainsKey(input.Name!);
                if (isSent) content.Add(new StringContent(input.Value), input.Name!);
            }
            foreach (var area in form.QuerySelectorAll("textarea[name]").OfType<IHtmlTextAreaElement>().Where(a => !typed.ContainsKey(a.Name!)))
                content.Add(new StringContent(area.Value), area.Name!);
            foreach (var select in form.QuerySelectorAll("select[name]").OfType<IHtmlSelectElement>().Where(s => !typed.ContainsKey(s.Name!)))
                content.Add(new StringContent(select.Value ?? ""), select.Name!);
            foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
            foreach (var (name, bytes) in files)
            {
                var file = new ByteArrayContent(bytes);
                file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
                content.Add(file, "Input.Files", name);
            }
            return await client.PostAsync(form.GetAttribute("action"), content);
        }

        public void Speak(string language) => client.DefaultRequestHeaders.Add("Cookie", $".AspNetCore.Culture=c={language}|uic={language}");
    }

    extension(IHtmlDocument page)
    {
        /// <summary>The message at a field of the report form.</summary>
        public string Said(string field, string form = "report") => page.GetElementById($"{form}-{field}-error")?.TextContent.Trim() ?? "";

        public string Typed(string field) => page.QuerySelector($"[name='Input.{field}']") switch
        {
            IHtmlTextAreaElement area => area.Value,
            IHtmlInputElement input => input.Value,
            IHtmlSelectElement select => select.Value ?? "",
            _ => "",
        };
    }
}
