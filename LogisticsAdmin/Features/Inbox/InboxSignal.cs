using System.Globalization;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Inbox;

/// <summary>Messages of the person were received or read: the bell of open phone pages counts again.</summary>
internal sealed class InboxSignal : IPortalSignal
{
    public string Name => "inbox";

    public bool Wants(Change change, long personId) => change switch
    {
        KeyChanged { Topic: InboxService.Topic } inbox => inbox.Key == personId,
        MessagesReceived received => received.People.Contains(personId),
        _ => false,
    };

    // Each change is one; counting would be a query for each open page.
    public ValueTask<string> StateAsync(Actor actor, long since, CancellationToken ct) =>
        ValueTask.FromResult(since.ToString(CultureInfo.InvariantCulture));
}
