using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LogisticsAdmin.Live.Presence;

/// <summary>
/// What one page's sheet has open and composes, on the <see cref="PresenceBoard"/>. A closed browser or a lost network frees
/// it at once, and it comes back with the connection; a claim with the next sign of composing. Residents are neither shown nor do they see anybody.
/// </summary>
public sealed class PresenceCircuit(PresenceBoard board, CurrentUser user) : CircuitHandler, IDisposable
{
    private readonly Guid _circuit = Guid.NewGuid();
    private bool _connected;
    private Entered? _entered;

    /// <summary>The sheet shows this subject. Returns who else is there.</summary>
    public SubjectPresence? Enter(object sheet, PresenceSubject subject)
    {
        if (!subject.MayView(user.Actor))
        {
            Leave(sheet);
            return null;
        }
        _entered = new Entered(sheet, user.Actor, subject);
        if (_connected) Appear();
        return Others(subject);
    }

    /// <summary>The sheet is gone; when another has taken its place, nothing changes.</summary>
    public void Leave(object sheet)
    {
        if (_entered?.Sheet != sheet) return;
        _entered = null;
        board.Close(_circuit);
    }

    /// <summary>Who else has the subject open, as this person may know; null when nobody.</summary>
    public SubjectPresence? Others(PresenceSubject subject) =>
        subject.MayView(user.Actor) ? board.Of(subject.Key)?.Without(user.PersonId) : null;

    /// <inheritdoc cref="PresenceBoard.Claim"/>
    public ClaimView? Claim(ClaimKind kind, bool inDialog = false) => board.Claim(_circuit, kind, inDialog);

    /// <inheritdoc cref="PresenceBoard.TakeOver"/>
    public ClaimView? TakeOver() => board.TakeOver(_circuit);

    /// <inheritdoc cref="PresenceBoard.Release"/>
    public void Release() => board.Release(_circuit);

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connected = true;
        Appear();
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Disappear();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Disappear();
        return Task.CompletedTask;
    }

    private void Appear()
    {
        if (_entered is { } at) board.Open(_circuit, at.Actor, at.Subject);
    }

    private void Disappear()
    {
        _connected = false;
        board.Close(_circuit);
    }

    public void Dispose() => Disappear();

    private sealed record Entered(object Sheet, Actor Actor, PresenceSubject Subject);
}
