namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>The weekdays on which a visit slot is offered.</summary>
[Flags]
public enum SlotDays
{
    None = 0,
    Monday = 1,
    Tuesday = 2,
    Wednesday = 4,
    Thursday = 8,
    Friday = 16,
    Saturday = 32,
    Sunday = 64,
    All = 127,
}
