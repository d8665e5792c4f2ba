using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets.Writing;

public sealed class ExportFileTests
{
    private static readonly ExportColumn<int>[] Columns = [new("号", n => n, ColumnFormat.Whole)];

    [Theory]
    [InlineData(".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData(".csv", "text/csv; charset=utf-8")]
    public async Task It_is_a_download_named_for_the_list_and_the_day(string ending, string type)
    {
        var response = await AnswerAsync(new ExportFile<int>("报修单 全部/\"1\"", Columns, _ => Three()), ending);

        Assert.Equal((200, type), (response.StatusCode, response.ContentType));
        Assert.Equal(("nosniff", "no-store"), ((string?)response.Headers.XContentTypeOptions, (string?)response.Headers.CacheControl));
        var disposition = ContentDispositionHeaderValue.Parse(response.Headers.ContentDisposition.ToString());
        Assert.Equal("attachment", disposition.DispositionType.Value);
        Assert.Equal($"报修单 全部--1- 2026-11-22{ending}", disposition.FileNameStar.Value);
        Assert.Equal($"repairs-2026-11-22{ending}", disposition.FileName.Value?.Trim('"'));
        Assert.All(response.Headers.ContentDisposition.ToString(), c => Assert.InRange(c, ' ', '~'));
        Assert.True(response.Body.Length > 0);
    }

    [Theory]
    [InlineData(false, 403)]
    [InlineData(true, 404)]
    public async Task A_refusal_is_no_file(bool isHidden, int status)
    {
        IAsyncEnumerable<int> Refuse() => throw (isHidden ? new NotFound() : new Forbidden());
        var response = await AnswerAsync(new ExportFile<int>("清单", Columns, _ => Refuse()));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(0, response.Body.Length);
        Assert.Equal(0, response.Headers.ContentDisposition.Count);
    }

    [Fact]
    public async Task A_refusal_while_the_first_row_is_read_is_no_file_either()
    {
        var response = await AnswerAsync(new ExportFile<int>("清单", Columns, (CancellationToken _) => Task.FromException<IReadOnlyList<int>>(new Forbidden())));
        Assert.Equal(403, response.StatusCode);
    }

    [Fact]
    public async Task A_cancelled_request_ends_the_reading()
    {
        using var leaving = new CancellationTokenSource();
        var context = Context();
        context.RequestAborted = leaving.Token;
        var read = 0;
        var file = new ExportFile<int>("清单", Columns, _ => EndlessAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => file.ExecuteAsync(context));
        Assert.InRange(read, 1_000, 1_001);

        async IAsyncEnumerable<int> EndlessAsync()
        {
            while (true)
            {
                if (++read == 1_000) await leaving.CancelAsync();
                yield return read;
            }
        }
    }

    private static IAsyncEnumerable<int> Three() => Enumerable.Range(1, 3).ToAsyncEnumerable();

    private static async Task<HttpResponse> AnswerAsync(ExportFile<int> result, string ending = ".xlsx")
    {
        var context = Context(ending);
        await result.ExecuteAsync(context);
        return context.Response;
    }

    private static DefaultHttpContext Context(string ending = ".xlsx")
    {
        var services = new ServiceCollection().AddSingleton(ReadBack.Office).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Path = $"/exports/repairs{ending}";
        context.Response.Body = new MemoryStream();
        return context;
    }
}
