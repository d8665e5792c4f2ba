using System.Threading.Channels;

namespace LogisticsAdmin.Features.News.Publishing;

/// <summary>Wakes <see cref="NewsJob"/> after an item was published or withdrawn by hand.</summary>
public sealed class NewsSignal
{
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _woken.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken ct)
    {
        await _woken.Reader.WaitToReadAsync(ct);
        _woken.Reader.TryRead(out _);
    }
}
