using System.Threading.Channels;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Wakes <see cref="BillingJob"/> when somebody started a run.</summary>
public sealed class BillingSignal
{
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _woken.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken ct)
    {
        await _woken.Reader.WaitToReadAsync(ct);
        _woken.Reader.TryRead(out _);
    }
}
