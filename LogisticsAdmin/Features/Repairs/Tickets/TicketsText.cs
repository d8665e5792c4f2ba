namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Words of tickets: states, verbs and fields, refusals of the state table, names in the audit log.</summary>
public sealed class TicketsText;
