using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Fails when a new column of the ticket is missing where tickets are copied.</summary>
public sealed class TicketShapeTests
{
    [Fact]
    public async Task Undo_restores_every_column_of_a_ticket_or_names_it_as_kept()
    {
        await using var host = await TestHost.OpenAsync();
        var columns = await host.InDatabaseAsync(db => Task.FromResult(
            db.Model.FindEntityType(typeof(RepairTicket))!.GetProperties().Where(p => !p.IsShadowProperty()).Select(p => p.Name).ToHashSet()));
        var restored = typeof(TicketSnapshot).GetProperties().Select(p => p.Name).Where(name => name != nameof(TicketSnapshot.Pauses)).ToHashSet();

        Assert.Empty(restored.Intersect(TicketSnapshot.NotRestored));
        Assert.Equal(columns.Order(), restored.Concat(TicketSnapshot.NotRestored).Order());
    }
}
