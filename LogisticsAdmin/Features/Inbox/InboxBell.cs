using LogisticsAdmin.Features.Inbox.Parts;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Inbox;

internal sealed class InboxBell : ITopBarItem
{
    public int Order => 100;
    public Type? Office => typeof(Bell);
    public Type? Phone => typeof(PhoneBell);
}
