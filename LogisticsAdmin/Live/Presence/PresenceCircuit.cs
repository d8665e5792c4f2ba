using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LogisticsAdmin.Live.Presence;

/// <summary>
/// What one page's sheet has open and is composing, on the <see cref="PresenceBoard"/>. A closed browser or a lost connection ends it
/// immediately. Presence is restored on reconnection, a claim with the next sign of composing. Residents are not shown and see nobody.
/// </summary>
public sealed class PresenceCircuit(PresenceBoard board, CurrentUser user) : CircuitHandler, IDisposable
{
    private readonly Guid _circuit = Guid.NewGuid();
    private bool _connected;
    private Entered? _entered;

    /// <summary>The sheet opened this subject. Returns who else has it open.</summary>
    public SubjectPresence? Enter(object component, PresenceSubject subject)
    {
        if (!subject.MayView(user.Actor))
        {
            Leave(component);
            return null;
        }
        _entered = new Entered(component, user.Actor, subject);
        if (_connected) OpenSubject();
        return Others(subject);
    }

    /// <summary>The sheet was closed. Does nothing if another sheet has replaced it.</summary>
    public void Leave(object component)
    {
        if (_entered?.Component != component) return;
        _entered = null;
        board.Close(_circuit);
    }

    /// <summary>Who else has the subject open, if this user may know; null if nobody.</summary>
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
        OpenSubject();
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        CloseSubject();
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        CloseSubject();
        return Task.CompletedTask;
    }

    private void OpenSubject()
    {
        if (_entered is { } at) board.Open(_circuit, at.Actor, at.Subject);
    }

    private void CloseSubject()
    {
        _connected = false;
        board.Close(_circuit);
    }

    public void Dispose() => CloseSubject();

    private sealed record Entered(object Component, Actor Actor, PresenceSubject Subject);
}
