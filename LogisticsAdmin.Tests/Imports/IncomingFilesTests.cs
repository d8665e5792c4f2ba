using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Uploads are stored only while a wizard uses them.</summary>
public sealed class IncomingFilesTests
{
    [Fact]
    public async Task An_upload_is_gone_when_its_wizard_is_left_or_refuses_it()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await using (await admin.OpenAsync("people", "学号,姓名\n1,张三")) Assert.Single(Files(host));
        Assert.Empty(Files(host));
        await Assert.ThrowsAsync<Rejected>(() => admin.OpenAsync("people", ""));
        Assert.Empty(Files(host));
    }

    [Fact]
    public async Task No_more_of_an_endless_upload_is_taken_than_a_spreadsheet_may_have()
    {
        await using var host = await TestHost.OpenAsync();
        await using var endless = new Endless();
        var refused = await Assert.ThrowsAsync<Rejected>(async () => await (await host.AsAsync(TestUsers.Administrator))
            .Imports.OpenAsync("people", "x.xlsx", endless, Ct));
        Assert.Equal(("FileTooLarge", 20L), (refused.Code, Convert.ToInt64(refused.Args[0], null)));
        Assert.InRange(endless.Given, 20 * 1024 * 1024, 21 * 1024 * 1024);
        Assert.Empty(Files(host));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_swept_at_the_start()
    {
        await using var host = await TestHost.OpenAsync();
        Directory.CreateDirectory(Path.Combine(host.Directory, "incoming"));
        await File.WriteAllTextAsync(Path.Combine(host.Directory, "incoming", "left"), "张三", Ct);
        await host.Services.GetRequiredService<IncomingFiles>().StartAsync(Ct);
        Assert.Empty(Files(host));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string[] Files(TestHost host) => Path.Combine(host.Directory, "incoming") is var folder && Directory.Exists(folder)
        ? Directory.GetFiles(folder) : [];

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
