using System.Diagnostics;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using SkiaSharp;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// One person keeps sending large pictures, 40 at the same time; measured is how long the small picture of another person takes meanwhile.
/// </summary>
internal static class PicturesBench
{
    private const int Parallel = 40, Uploads = 14;

    public static async Task RunAsync()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        using var eager = await Sender.SignInAsync(app, TestUsers.Resident);
        using var other = await Sender.SignInAsync(app, TestUsers.Dispatcher);
        var (large, small) = (LargePng(), Phone.Jpeg(1600, 1200));
        await other.SendAsync(small);

        var table = new Table($"a small picture of another person ({small.Length / 1024:N0} KB)", "uploads", "p50 ms", "p95 ms", "max ms", "target");
        Row("alone", await MeasureAsync());
        using var over = new CancellationTokenSource();
        var (accepted, refused) = (0, 0);
        var sending = Enumerable.Range(0, Parallel).Select(async _ =>
        {
            while (!over.IsCancellationRequested)
            {
                if (await eager.SendAsync(large)) Interlocked.Increment(ref accepted);
                else Interlocked.Increment(ref refused);
            }
        }).ToList();
        Row($"beside {Parallel} large ones at a time ({large.Length / 1024:N0} KB)", await MeasureAsync());
        await over.CancelAsync();
        await Task.WhenAll(sending);
        Console.WriteLine($"\nof the large ones {accepted} were accepted, {refused} refused");

        void Row(string name, Percentiles took) => table.Row(name, took.Count, took.P50, took.P95, took.Max, "1,000 ms");

        async Task<Percentiles> MeasureAsync()
        {
            List<double> took = [];
            for (var i = 0; i < Uploads; i++)
            {
                var began = Stopwatch.GetTimestamp();
                if (!await other.SendAsync(small)) throw new InvalidOperationException("The small picture was refused.");
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            return Percentiles.Of(took);
        }
    }

    /// <summary>As many pixels as are accepted, in few bytes.</summary>
    private static byte[] LargePng()
    {
        using var bitmap = new SKBitmap(8000, 5000);
        bitmap.Erase(SKColors.Teal);
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private sealed class Sender(HttpClient http, string token) : IDisposable
    {
        public static async Task<Sender> SignInAsync(TestApp app, string name)
        {
            var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Address!) };
            (await http.PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", DemoPeople.Password))).Dispose();
            var token = (IHtmlInputElement)(await http.PageAsync("/my")).QuerySelector("[name='__RequestVerificationToken']")!;
            return new Sender(http, token.Value);
        }

        /// <summary>Whether it was accepted. A refusal for too many drafts is one as well.</summary>
        public async Task<bool> SendAsync(byte[] picture)
        {
            var file = new ByteArrayContent(picture);
            file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
            using var content = new MultipartFormDataContent { { file, "file", "a.png" }, { new StringContent(token), "__RequestVerificationToken" } };
            using var answer = await http.PostAsync("/photos", content);
            return answer.IsSuccessStatusCode;
        }

        public void Dispose() => http.Dispose();
    }
}
