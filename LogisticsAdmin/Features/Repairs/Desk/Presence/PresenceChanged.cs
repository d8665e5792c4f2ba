using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>Somebody opened or left a ticket, began or ended composing. <paramref name="OnlyLonger"/>: a claim lasts longer, which lists don't show.</summary>
public sealed record PresenceChanged(TicketPresence Now, bool OnlyLonger) : Change;
