using System.Security.Claims;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Xunit;

namespace LogisticsAdmin.Tests.Media;

/// <summary>Whose uploads are let in, and when.</summary>
public sealed class UploadPlacesTests : IDisposable
{
    private readonly UploadPlaces _uploads = new(Options.Create(new LimitOptions { UploadsPerHour = 12 }));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_request_of_a_person_is_let_in_four_wait_and_more_are_refused_while_others_do_not_wait()
    {
        var (first, _) = await _uploads.EnterAsync(Person(1), Ct);
        var waiting = Enumerable.Range(0, UploadPlaces.Waiting).Select(_ => _uploads.EnterAsync(Person(1), Ct)).ToList();
        var (refused, retryAfter) = await _uploads.EnterAsync(Person(1), Ct);
        var (other, _) = await _uploads.EnterAsync(Person(2), Ct);

        Assert.NotNull(first);
        Assert.Null(refused);
        Assert.True(retryAfter > TimeSpan.Zero);
        Assert.NotNull(other);
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
        for (var next = first; waiting.Count > 0; waiting.RemoveAt(0))
        {
            next.Dispose();
            next = (await waiting[0]).Place!;
            Assert.DoesNotContain(waiting.Skip(1), w => w.IsCompleted);
        }
    }

    [Fact]
    public async Task Every_attempt_of_an_hour_counts_whatever_became_of_it_and_the_office_is_not_limited()
    {
        var (held, _) = await _uploads.EnterAsync(Person(1), Ct);
        using var gone = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, UploadPlaces.Waiting).Select(_ => _uploads.EnterAsync(Person(1), gone.Token)).ToList();
        for (var i = 1 + UploadPlaces.Waiting; i < 12; i++) Assert.Null((await _uploads.EnterAsync(Person(1), Ct)).Place);
        held!.Dispose();
        foreach (var enters in waiting) (await enters).Place!.Dispose();

        var (place, retryAfter) = await _uploads.EnterAsync(Person(1), Ct);

        Assert.Null(place);
        Assert.True(retryAfter > TimeSpan.FromSeconds(5));
        for (var i = 0; i < 20; i++)
        {
            var (office, _) = await _uploads.EnterAsync(Person(3, Role.Dispatcher), Ct);
            office!.Dispose();
        }
    }

    [Fact]
    public async Task Nothing_of_a_request_is_read_before_its_turn()
    {
        var (held, _) = await _uploads.EnterAsync(Person(1), Ct);
        var isRead = false;
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "1")], "test")),
            Request = { Method = "POST", ContentType = "multipart/form-data; boundary=x", Body = new UnreadableStream() },
        };
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new UploadLimitAttribute(1000)), "upload"));
        var middleware = new UploadLimitMiddleware(
            _ =>
            {
                isRead = true;
                return Task.CompletedTask;
            }, _uploads);
        context.Request.ContentLength = 500;

        var request = middleware.InvokeAsync(context);
        Assert.False(request.IsCompleted);
        held!.Dispose();
        await request;

        Assert.True(isRead);
        Assert.NotNull((await _uploads.EnterAsync(Person(1), Ct)).Place);
    }

    public void Dispose() => _uploads.Dispose();

    private static Actor Person(long id, params Role[] roles) => new(id, "", roles.ToHashSet(), null, null);

    private sealed class UnreadableStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The body was read.");
    }
}
