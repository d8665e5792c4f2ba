using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>
/// One page's place on the <see cref="PresenceBoard"/>: what its sheet has open and composes. A closed browser or a lost network frees
/// it at once, and it comes back with the connection; a claim with the next sign of composing. Residents are neither shown nor do they see anybody.
/// </summary>
public sealed class PresenceCircuit(PresenceBoard board, CurrentUser user) : CircuitHandler, IDisposable
{
    private readonly Guid _circuit = Guid.NewGuid();
    private bool _connected;
    private Entered? _entered;

    /// <summary>The sheet shows this ticket. Returns who else is there.</summary>
    public TicketPresence? Enter(object sheet, RepairRow row)
    {
        if (!user.Actor.MaySeePresence(row.Parties))
        {
            Leave(sheet);
            return null;
        }
        _entered = new Entered(sheet, user.Actor, row.Id, row.Parties);
        if (_connected) Sit();
        return Others(row);
    }

    /// <summary>The sheet is gone; when another has taken its place, nothing changes.</summary>
    public void Leave(object sheet)
    {
        if (_entered?.Sheet != sheet) return;
        _entered = null;
        board.Close(_circuit);
    }

    /// <summary>Who else has the ticket open, as this person may know; null when nobody.</summary>
    public TicketPresence? Others(RepairRow row) =>
        user.Actor.MaySeePresence(row.Parties) ? board.Of(row.Id)?.Without(user.PersonId) : null;

    /// <inheritdoc cref="PresenceBoard.Claim"/>
    public ClaimView? Claim(ClaimKind kind, bool inDialog = false) => board.Claim(_circuit, kind, inDialog);

    /// <inheritdoc cref="PresenceBoard.TakeOver"/>
    public ClaimView? TakeOver() => board.TakeOver(_circuit);

    /// <inheritdoc cref="PresenceBoard.Release"/>
    public void Release() => board.Release(_circuit);

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connected = true;
        Sit();
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Stand();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Stand();
        return Task.CompletedTask;
    }

    private void Sit()
    {
        if (_entered is { } at) board.Open(_circuit, at.Actor, at.TicketId, at.Parties);
    }

    private void Stand()
    {
        _connected = false;
        board.Close(_circuit);
    }

    public void Dispose() => Stand();

    private sealed record Entered(object Sheet, Actor Actor, long TicketId, TicketParties Parties);
}
