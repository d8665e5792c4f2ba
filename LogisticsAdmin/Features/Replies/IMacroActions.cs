using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Replies;

/// <summary>The actions a canned reply may have. Implemented by the slice whose work is answered with canned replies.</summary>
public interface IMacroActions
{
    /// <summary>Every complete action, in the order in which forms offer them.</summary>
    IReadOnlyList<MacroAction> Offered { get; }

    /// <summary>Whether a canned reply may have this verb.</summary>
    bool Allows(string verb);

    /// <summary>Whether the verb is allowed and has the choice it needs, and no other.</summary>
    bool IsComplete(MacroAction action);

    /// <summary>The action as the buttons of the work's own pages call it.</summary>
    LocalName NameOf(MacroAction action);
}
