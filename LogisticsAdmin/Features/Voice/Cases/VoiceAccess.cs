using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// Who may do what. The office sees every case, everybody else their own. Nobody works on a case that they sent, whatever their role is; whether
/// somebody sent a case is asked by the one who acts about themselves only.
/// </summary>
public static class VoiceAccess
{
    public static bool MaySee(this Actor actor, bool isReporter) => actor.IsSystem || actor.IsOffice || isReporter;

    /// <summary>Internal notes are for the office, but not about one's own case.</summary>
    public static bool MaySeeInternal(this Actor actor, bool isReporter) => actor.IsSystem || (actor.IsOffice && !isReporter);

    /// <summary>Whether the actor may perform the verb; the case itself checks its state.</summary>
    public static bool May(this Actor actor, VoiceVerb verb, bool isReporter) => verb switch
    {
        VoiceVerb.Submit => actor.PersonId is not null,
        VoiceVerb.Take or VoiceVerb.Reply or VoiceVerb.Note or VoiceVerb.HandOver or VoiceVerb.Escalate or VoiceVerb.Extend or VoiceVerb.Correct
            or VoiceVerb.Settle or VoiceVerb.Group or VoiceVerb.Ungroup or VoiceVerb.Undo => actor.IsOffice && !isReporter,
        VoiceVerb.Decide => actor.Is(Role.Manager) && !isReporter,
        VoiceVerb.OpenName => actor.Is(Role.Administrator) && !isReporter,
        VoiceVerb.Add or VoiceVerb.Solve or VoiceVerb.Reopen or VoiceVerb.Appeal or VoiceVerb.Rate or VoiceVerb.Withdraw => isReporter,
        VoiceVerb.Close or VoiceVerb.BecomeLate or VoiceVerb.Remind => actor.IsSystem,
        _ => false,
    };

    /// <exception cref="NotFound">The actor may not see the case.</exception>
    /// <exception cref="Forbidden">The actor may not perform the verb.</exception>
    public static void Demand(this Actor actor, VoiceVerb verb, bool isReporter)
    {
        if (!actor.MaySee(isReporter)) throw new NotFound();
        if (!actor.May(verb, isReporter)) throw new Forbidden();
    }

    /// <exception cref="NotFound">Anyone outside the office: that there are cases of others is none of their business.</exception>
    public static void DemandVoiceOffice(this Actor actor)
    {
        if (!actor.IsOffice) throw new NotFound();
    }
}
