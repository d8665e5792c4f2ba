using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>
/// The orders of <see cref="RowEdge"/> for queries. The first comparison alone lets the database seek in the index; the second one resolves
/// ties.
/// </summary>
internal static class DeskOrder
{
    extension(IQueryable<RepairTicket> tickets)
    {
        public IQueryable<RepairTicket> Behind(RowEdge edge)
        {
            var (pressing, building, room, id, submitted) = (edge.Major, edge.Major, edge.Minor, edge.Last, edge.Submitted);
            var newest = -id;
            return edge.Sort switch
            {
                DeskSort.Pressing => tickets.Where(t => t.Pressing >= pressing && (t.Pressing > pressing || t.Id > id)),
                DeskSort.Newest => tickets.Where(t => t.SubmittedAt <= submitted && (t.SubmittedAt < submitted || t.Id < newest)),
                DeskSort.Oldest => tickets.Where(t => t.SubmittedAt >= submitted && (t.SubmittedAt > submitted || t.Id > id)),
                DeskSort.Place => tickets.Where(t => t.BuildingId >= building
                    && (t.BuildingId > building || (t.RoomId >= room && (t.RoomId > room || t.Id > id)))),
                _ => throw new ArgumentOutOfRangeException(nameof(edge), edge.Sort, null),
            };
        }

        public IQueryable<RepairTicket> Before(RowEdge edge)
        {
            var (pressing, building, room, id, submitted) = (edge.Major, edge.Major, edge.Minor, edge.Last, edge.Submitted);
            var newest = -id;
            return edge.Sort switch
            {
                DeskSort.Pressing => tickets.Where(t => t.Pressing <= pressing && (t.Pressing < pressing || t.Id < id)),
                DeskSort.Newest => tickets.Where(t => t.SubmittedAt >= submitted && (t.SubmittedAt > submitted || t.Id > newest)),
                DeskSort.Oldest => tickets.Where(t => t.SubmittedAt <= submitted && (t.SubmittedAt < submitted || t.Id < id)),
                DeskSort.Place => tickets.Where(t => t.BuildingId <= building
                    && (t.BuildingId < building || (t.RoomId <= room && (t.RoomId < room || t.Id < id)))),
                _ => throw new ArgumentOutOfRangeException(nameof(edge), edge.Sort, null),
            };
        }

        public IOrderedQueryable<RepairTicket> InOrder(DeskSort sort) => sort switch
        {
            DeskSort.Pressing => tickets.OrderBy(t => t.Pressing).ThenBy(t => t.Id),
            DeskSort.Newest => tickets.OrderByDescending(t => t.SubmittedAt).ThenByDescending(t => t.Id),
            DeskSort.Oldest => tickets.OrderBy(t => t.SubmittedAt).ThenBy(t => t.Id),
            DeskSort.Place => tickets.OrderBy(t => t.BuildingId).ThenBy(t => t.RoomId).ThenBy(t => t.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
        };

        public IOrderedQueryable<RepairTicket> Backwards(DeskSort sort) => sort switch
        {
            DeskSort.Pressing => tickets.OrderByDescending(t => t.Pressing).ThenByDescending(t => t.Id),
            DeskSort.Newest => tickets.OrderBy(t => t.SubmittedAt).ThenBy(t => t.Id),
            DeskSort.Oldest => tickets.OrderByDescending(t => t.SubmittedAt).ThenByDescending(t => t.Id),
            DeskSort.Place => tickets.OrderByDescending(t => t.BuildingId).ThenByDescending(t => t.RoomId).ThenByDescending(t => t.Id),
            _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
        };
    }
}
