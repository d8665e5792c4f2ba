

namespace LogisticsAdmin.Features.Repairs.Tickets;

public sealed record PhotoRow(Guid Key, int Width, int Height);
